/** Expressions and templates as JavaScript, as far as both mean the same. */
import type { JsonValue } from '../../workspace/model/workflow.ts';
import { bareExpression, hasExpression, templateParts } from '../expressions/template.ts';

const token =
  /\s*(?:("[^"\\]*"|'[^'\\]*')|(\d+(?:\.\d+)?)|([A-Za-z_]\w*)|(===?|!==?|<=|>=|&&|\|\||[-+*<>!?:.()[\]]))/y;

const literals = new Set(['true', 'false', 'null']);

/** What only a run of ours knows. */
const ofRuns = new Set(['profile', 'run']);

/** Names that the code around uses, or that JavaScript gives nobody. */
const taken = new Set(
  `page context first test expect caught it await async break case catch class const continue debugger
   default delete do else enum export extends finally for function if implements import in instanceof
   interface let new package private protected public return static super switch this throw try typeof
   undefined var void while with yield arguments eval scrollBy String RegExp`.split(/\s+/),
);

/** @returns what a variable is called in the code. */
export const nameCode = (name: string): string => (taken.has(name) ? `${name}_` : name);

/** @returns null where JavaScript would mean something else, such as for functions and divisions. */
export function expressionCode(written: string): string | null {
  const source = bareExpression(written).trim();
  const parts: string[] = [];
  token.lastIndex = 0;
  while (token.lastIndex < source.length) {
    const [, quoted, number, name, sign] = token.exec(source) ?? [];
    if (quoted !== undefined) parts.push(JSON.stringify(quoted.slice(1, -1)));
    else if (number !== undefined) parts.push(number);
    else if (name !== undefined) {
      const isCalled = /^\s*\(/.test(source.slice(token.lastIndex));
      const isField = parts.at(-1) === '.';
      if (isCalled || (!isField && ofRuns.has(name))) return null;
      parts.push(isField || literals.has(name) ? name : nameCode(name));
    } else if (sign !== undefined) parts.push(sign === '==' || sign === '!=' ? `${sign}=` : sign);
    else return null;
  }
  return parts.join(' ').replace(/ ?([.[\]()]) ?/g, '$1') || null;
}

/** Text with expressions in it. @returns null where one of them has no match */
export function textCode(written: string): string | null {
  if (!hasExpression(written)) return JSON.stringify(written);
  const parts = templateParts(written).map((part) => {
    if ('text' in part) return part.text.replace(/[\\`]|\$(?=\{)/g, '\\$&');
    const code = expressionCode(part.expression);
    return code === null ? null : `\${${code}}`;
  });
  return parts.includes(null) ? null : `\`${parts.join('')}\``;
}

/** A value whose strings are templates; one that is a single expression keeps its type. */
export function valueCode(value: JsonValue): string | null {
  if (typeof value === 'string') {
    const [only, ...others] = hasExpression(value) ? templateParts(value) : [];
    const isOne = only && 'expression' in only && others.length === 0;
    return isOne ? expressionCode(only.expression) : textCode(value);
  }
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).map(([key, item]) => {
    const code = valueCode(item);
    if (code === null) return null;
    return Array.isArray(value) ? code : `${JSON.stringify(key)}: ${code}`;
  });
  if (entries.includes(null)) return null;
  return Array.isArray(value) ? `[${entries.join(', ')}]` : `{ ${entries.join(', ')} }`;
}
