/** Writes the files of vectors: `node crypto/testing/writeVectors.ts`. */
import { writeFileSync } from 'node:fs';
import { makeVectors, vectorText } from '../vectors/generate.ts';

for (const [name, file] of Object.entries(await makeVectors())) {
  writeFileSync(new URL(`../vectors/${name}.json`, import.meta.url), vectorText(file));
}
