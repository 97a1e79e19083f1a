import { describe, expect, it } from 'vitest';
import { ExpressionError, evaluate, evaluateCondition } from './expression.ts';
import { bareExpression, checkTemplate, renderJson, renderText, renderValue } from './template.ts';

const scope = {
  row: { email: 'ada@example.org', price: 2.5 },
  index: 2,
  rows: [1, 2, 3],
  nothing: null,
};

describe('expressions', () => {
  it.each([
    ['index + 1', 3],
    ['row.price * 2', 5],
    ['"n" + index', 'n2'],
    ['rows.map(x, x * 2)', [2, 4, 6]],
    ['size(rows)', 3],
    ['{"a": 1, "b": [row.email]}', { a: 1, b: ['ada@example.org'] }],
    ['nothing == null', true],
    ['row.?missing.orValue("none")', 'none'],
    ['1u', 1],
    ['timestamp("2026-01-01T00:00:00Z")', '2026-01-01T00:00:00.000Z'],
  ])('%s', (source, value) => {
    expect(evaluate(source, scope)).toEqual(value);
  });

  it.each([
    ['missing + 1', /"missing \+ 1": Unknown variable: missing/],
    ['row.constructor', /No such key: constructor/],
    ['index / 0', /finite/],
    ['9223372036854775807', /too large/],
    ['1 +', /"1 \+"/],
  ])('%s is refused', (source, message) => {
    expect(() => evaluate(source, scope)).toThrow(message);
  });

  it('stops a pattern that backtracks for ever', () => {
    const text = `${'a'.repeat(60)}b`;
    expect(() => evaluate('text.matches("^(a+)+$")', { text })).toThrow(/took longer/);
  });

  it('stops a comprehension that multiplies', () => {
    const rows = Array.from({ length: 3_000 }, (_, index) => index);
    expect(() => evaluate('rows.map(a, rows.map(b, rows.exists(c, c < 0)))', { rows })).toThrow(
      /took longer/,
    );
  });

  it('bounds the text that comes out', () => {
    expect(() => evaluate('t + t', { t: 'x'.repeat(600_000) })).toThrow(/more text/);
  });

  it('asks conditions for true or false', () => {
    expect(evaluateCondition('index > 1', scope)).toBe(true);
    expect(() => evaluateCondition('index', scope)).toThrow(ExpressionError);
  });
});

describe('templates', () => {
  it('puts values into text', () => {
    expect(renderText('{{row.email}} #{{ index }}{{ nothing }}', scope)).toBe('ada@example.org #2');
  });

  it('keeps the type of a text that is one expression', () => {
    expect(renderValue(' {{ rows }} ', scope)).toEqual([1, 2, 3]);
    expect(renderValue('{{ index }}{{ index }}', scope)).toBe('22');
    expect(renderJson({ a: ['{{ index }}', 'x{{ index }}'] }, scope)).toEqual({ a: [2, 'x2'] });
  });

  it('lets quoted strings hold the closing braces', () => {
    expect(renderText('{{ "}}" }}', scope)).toBe('}}');
  });

  it('says which expression is not closed or does not parse', () => {
    expect(() => checkTemplate('a {{ row.email')).toThrow(/not closed/);
    expect(() => checkTemplate('a {{ row. }}')).toThrow(/"row\."/);
  });

  it('takes a bare expression with or without braces', () => {
    expect(bareExpression('{{ a > 1 }}')).toBe('a > 1');
    expect(bareExpression(' a > 1 ')).toBe('a > 1');
  });
});
