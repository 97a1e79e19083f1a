/** Randomness as a dependency, so that tests and the simulator can replay it. */
import { sodium } from './sodium.ts';

/** @returns `length` fresh bytes. */
export type RandomBytes = (length: number) => Uint8Array;

/** The operating system's generator, through libsodium. */
export const systemRandom: RandomBytes = (length) => sodium.randombytes_buf(length);
