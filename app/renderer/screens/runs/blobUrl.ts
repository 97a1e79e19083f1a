/** A sealed picture as an address that an image can show; given back when the component goes. */
import { type Accessor, createResource, onCleanup } from 'solid-js';
import { useHost } from '../../shell/connection.ts';

export function createBlobUrl(id: Accessor<string>): Accessor<string | undefined> {
  const host = useHost();
  let current: string | undefined;
  const release = () => {
    if (current) URL.revokeObjectURL(current);
    current = undefined;
  };
  const [url] = createResource(id, async (wanted) => {
    const answer = await host.call('blobs.read', { id: wanted });
    release();
    if (!answer.ok) return undefined;
    const { base64, mediaType } = answer.value;
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    current = URL.createObjectURL(new Blob([bytes], { type: mediaType }));
    return current;
  });
  onCleanup(release);
  return () => url.latest;
}
