/** Files in and out of the window. */
import { decodeText } from '../../../workspace/model/decodeText.ts';

/** Hands `text` to the person as a download. */
export function saveText(fileName: string, mediaType: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: mediaType }));
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  // The browser has read the address by the next task; keeping it would keep the text in memory.
  setTimeout(() => URL.revokeObjectURL(url), 0);
}

/** @returns a file's text, in whichever encoding it was written. */
export const textOf = async (file: File): Promise<string> =>
  decodeText(new Uint8Array(await file.arrayBuffer()));

/** Lets the person pick one file; null when they pick none. */
export function pickFile(accept: string): Promise<File | null> {
  return new Promise((resolve) => {
    const input = document.createElement('input');
    input.type = 'file';
    input.accept = accept;
    input.onchange = () => resolve(input.files?.[0] ?? null);
    input.oncancel = () => resolve(null);
    input.click();
  });
}
