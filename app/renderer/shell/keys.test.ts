import { describe, expect, it } from 'vitest';
import { type KeyPress, pressed } from './keys.ts';

const press = (key: string, held: Partial<KeyPress> = {}): KeyPress => ({
  key,
  code: '',
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
});

describe('pressed', () => {
  it('takes Control for Mod, and Command on a Mac', () => {
    expect(pressed(press('k', { ctrlKey: true }), 'Mod+K', false)).toBe(true);
    expect(pressed(press('k', { ctrlKey: true }), 'Mod+K', true)).toBe(false);
    expect(pressed(press('k', { metaKey: true }), 'Mod+K', true)).toBe(true);
  });

  it('wants exactly the keys that are named', () => {
    expect(pressed(press('z', { ctrlKey: true, shiftKey: true }), 'Mod+Z', false)).toBe(false);
    expect(pressed(press('Z', { ctrlKey: true, shiftKey: true }), 'Mod+Shift+Z', false)).toBe(true);
    expect(pressed(press('ArrowUp'), 'Alt+ArrowUp', false)).toBe(false);
  });

  it('finds a digit by its place when Alt changes the character', () => {
    expect(pressed(press('¡', { altKey: true, code: 'Digit1' }), 'Alt+1', true)).toBe(true);
  });

  it('does not mind Shift for a character that needs it on some layouts', () => {
    expect(pressed(press('/', { ctrlKey: true, shiftKey: true }), 'Mod+/', false)).toBe(true);
  });
});
