/** Identifiers as text: lower-case hexadecimal, two digits a byte. */
import { sodium } from './sodium.ts';

export const toHex = (bytes: Uint8Array): string => sodium.to_hex(bytes);

/**
 * @param length bytes that the digits must give.
 * @throws TypeError naming `argument` when it is anything but that many lower-case digits.
 */
export function fromHex(argument: string, digits: string, length: number): Uint8Array {
  if (digits.length !== 2 * length || !/^[0-9a-f]*$/.test(digits)) {
    throw new TypeError(`${argument} must be ${2 * length} lower-case hexadecimal digits`);
  }
  return sodium.from_hex(digits);
}
