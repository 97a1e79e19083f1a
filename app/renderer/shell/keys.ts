/** Key combinations written as `Mod+Shift+L`; `Mod` is Command on a Mac and Control elsewhere. */
export interface KeyPress {
  readonly key: string;
  /** The place on the keyboard: `Digit1`; what Alt does to the character must not matter. */
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

export function pressed(event: KeyPress, keys: string, mac: boolean): boolean {
  const parts = keys.split('+');
  const last = parts[parts.length - 1] ?? '';
  const wants = (name: string) => parts.slice(0, -1).includes(name);
  const mod = mac ? event.metaKey : event.ctrlKey;
  const otherMod = mac ? event.ctrlKey : event.metaKey;
  return (
    sameKey(event, last) &&
    mod === wants('Mod') &&
    !otherMod &&
    event.altKey === wants('Alt') &&
    // A character that itself needs Shift on some layouts ("/" on a German one) is matched without it.
    (event.shiftKey === wants('Shift') || !/^[\p{L}\p{N}]$|^\w{2,}$/u.test(last))
  );
}

function sameKey(event: KeyPress, wanted: string): boolean {
  if (event.key.toLowerCase() === wanted.toLowerCase()) return true;
  return event.code === `Digit${wanted}` || event.code === `Key${wanted.toUpperCase()}`;
}

/** True while keys belong to what is being typed. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement) return true;
  return (
    target instanceof HTMLInputElement && !['checkbox', 'radio', 'button'].includes(target.type)
  );
}
