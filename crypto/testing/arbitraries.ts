/** What the random tests of this room draw from. */
import fc from 'fast-check';

export const key = fc.uint8Array({ minLength: 32, maxLength: 32 });
export const id = fc.uint8Array({ minLength: 16, maxLength: 16 });
export const anyBytes = fc.uint8Array({ maxLength: 300 });

export async function collect(parts: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const all: Uint8Array[] = [];
  for await (const part of parts) all.push(part);
  return new Uint8Array(Buffer.concat(all));
}
