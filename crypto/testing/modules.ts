/** All of the room's code as one value: the real one here, altered copies of it in `mutations/`. */
import * as attestation from '../attestation.ts';
import * as blobChunks from '../blobChunks.ts';
import * as blobRange from '../blobRange.ts';
import * as boxKeys from '../boxKeys.ts';
import * as bytes from '../bytes.ts';
import * as chunkStream from '../chunkStream.ts';
import * as contentHash from '../contentHash.ts';
import * as derivedKey from '../derivedKey.ts';
import * as deviceKeyset from '../deviceKeyset.ts';
import * as digest from '../digest.ts';
import * as envelope from '../envelope.ts';
import * as epoch from '../epoch.ts';
import * as epochId from '../epochId.ts';
import * as hex from '../hex.ts';
import * as keyWrap from '../keyWrap.ts';
import * as outerHeader from '../outerHeader.ts';
import * as padding from '../padding.ts';
import * as passphraseKey from '../passphraseKey.ts';
import * as random from '../random.ts';
import * as reader from '../reader.ts';
import * as recoveryKeys from '../recoveryKeys.ts';
import * as recoveryWords from '../recoveryWords.ts';
import * as sealedBlob from '../sealedBlob.ts';
import * as sealedEpoch from '../sealedEpoch.ts';
import * as sealedStream from '../sealedStream.ts';
import * as signing from '../signing.ts';
import * as sodium from '../sodium.ts';

export const modules = {
  attestation,
  blobChunks,
  blobRange,
  boxKeys,
  bytes,
  chunkStream,
  contentHash,
  derivedKey,
  deviceKeyset,
  digest,
  envelope,
  epoch,
  epochId,
  hex,
  keyWrap,
  outerHeader,
  padding,
  passphraseKey,
  random,
  reader,
  recoveryKeys,
  recoveryWords,
  sealedBlob,
  sealedEpoch,
  sealedStream,
  signing,
  sodium,
};

export type Modules = typeof modules;
