import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { JsonValue } from '../../workspace/model/workflow.ts';
import { ExpressionError, evaluate } from './expression.ts';
import { checkTemplate, renderValue } from './template.ts';

const runs = process.env.WARREN_SLOW === '1' ? 50_000 : 2_000;

const pieces = fc.constantFrom(
  'a',
  'row',
  '.',
  'constructor',
  '__proto__',
  'prototype',
  'toString',
  '(',
  ')',
  '[',
  ']',
  '"x"',
  '1',
  '2.5',
  '+',
  '-',
  '*',
  '/',
  '%',
  '?',
  ':',
  '==',
  '&&',
  '.map(x, x)',
  '{',
  '}',
  ',',
  'in',
  '!',
  ' ',
  'this',
  'process',
);

/** Source text that is often nearly an expression. */
const source = fc.oneof(
  fc.string({ maxLength: 60 }),
  fc.array(pieces, { maxLength: 14 }).map((parts) => parts.join('')),
);

const scope = { a: [1, 'two', { three: 3 }], row: { email: 'x@example.org', n: 1 } };

function outcome(action: () => unknown): unknown {
  try {
    return action();
  } catch (error) {
    expect(error).toBeInstanceOf(ExpressionError);
    return null;
  }
}

it('any source gives a JSON value or an ExpressionError', () => {
  fc.assert(
    fc.property(source, (text) => {
      const value = outcome(() => evaluate(text, scope));
      expect(JSON.parse(JSON.stringify(value))).toEqual(value);
    }),
    { numRuns: runs },
  );
});

it('any template is checked and rendered without another error', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(source, fc.constantFrom('{{', '}}')), { maxLength: 6 }),
      (parts) => {
        const text = parts.join('');
        outcome(() => checkTemplate(text));
        outcome(() => renderValue(text, scope));
      },
    ),
    { numRuns: runs },
  );
});

it('a JSON value goes through an expression unchanged', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      fc.pre(!JSON.stringify(value).includes('__proto__') && !JSON.stringify(value).includes('-0'));
      expect(JSON.stringify(evaluate('a', { a: value as JsonValue }))).toBe(JSON.stringify(value));
    }),
    { numRuns: runs },
  );
});

it('leaves the prototypes of the language alone', () => {
  fc.assert(
    fc.property(source, (text) => {
      outcome(() => evaluate(text, scope));
      expect(Object.keys(Object.prototype)).toEqual([]);
      expect(scope.row).toEqual({ email: 'x@example.org', n: 1 });
    }),
    { numRuns: runs },
  );
});
