/** For tests of what can be read without a key: strings that must not lie in any file of a folder. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Every way in which a known string could stand in a file. */
function encodings(canary: string): Buffer[] {
  const base64 = Buffer.from(canary).toString('base64').replace(/=+$/, '');
  return [
    Buffer.from(canary, 'utf8'),
    Buffer.from(canary, 'utf16le'),
    Buffer.from(Buffer.from(canary).toString('hex')),
    Buffer.from(base64.slice(0, -2)),
    Buffer.from(encodeURIComponent(canary)),
  ];
}

/** @returns `file: canary` for every canary that can be read in a file of the folder or in a file's name. */
export function readableIn(folder: string, canaries: readonly string[]): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((entry) => {
    const path = join(entry.parentPath, entry.name);
    const content = entry.isFile() ? readFileSync(path) : Buffer.alloc(0);
    return canaries
      .filter((canary) =>
        encodings(canary).some(
          (bytes) => content.includes(bytes) || path.includes(bytes.toString()),
        ),
      )
      .map((canary) => `${path}: ${canary}`);
  });
}
