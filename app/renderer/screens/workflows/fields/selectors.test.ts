import { describe, expect, it } from 'vitest';
import {
  conditionOfKind,
  kindOfCondition,
  readSelector,
  selectorsOfCondition,
  writeSelector,
} from './selectors.ts';

describe('selectors', () => {
  it('are written back as they were read', () => {
    for (const selector of [
      '#login',
      { role: 'button', name: 'Send', exact: true },
      { testId: 'total' },
      { label: 'E-mail' },
    ]) {
      expect(writeSelector(readSelector(selector))).toEqual(selector);
    }
  });

  it('lose what another strategy does not take', () => {
    const role = readSelector({ role: 'button', name: 'Send', exact: true });
    expect(writeSelector({ ...role, strategy: 'text' })).toEqual({ text: 'button', exact: true });
    expect(writeSelector({ ...role, strategy: 'css' })).toBe('button');
  });
});

describe('conditions', () => {
  it('change their kind and keep their selectors', () => {
    const shown = { visible: ['#a'] };
    expect(kindOfCondition(shown)).toBe('visible');
    expect(conditionOfKind('hidden', shown)).toEqual({ hidden: ['#a'] });
    expect(conditionOfKind('expression', shown)).toBe('');
    expect(selectorsOfCondition('count > 3')).toEqual(['']);
  });
});
