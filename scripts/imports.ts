/** Finds imports that the table of `importRules.ts` forbids. */
import { posix } from 'node:path';
import { parseSync } from 'oxc-parser';
import { type Room, reserved, rooms, testPackages } from './importRules.ts';

export interface ForbiddenImport {
  readonly file: string;
  readonly specifier: string;
  readonly reason: string;
}

/**
 * @param file path from the project's root, with slashes.
 * @param source its text.
 * @returns every import, re-export and dynamic import in it that is not allowed.
 */
export function forbiddenImports(file: string, source: string): ForbiddenImport[] {
  const room = roomOf(file);
  if (!room) return [];
  const isTest = /\.test\.tsx?$|\.spec\.ts$/.test(file) || isTestHelper(file);
  return specifiersIn(file, source).flatMap((specifier) => {
    const reason = specifier.startsWith('.')
      ? refuseFile(room, file, specifier, isTest)
      : refusePackage(room, packageOf(specifier), isTest);
    return reason ? [{ file, specifier, reason }] : [];
  });
}

/** The longest folder of the table that the file lies in. */
export function roomOf(file: string): Room | undefined {
  return rooms
    .filter((room) => file.startsWith(`${room.folder}/`))
    .sort((a, b) => b.folder.length - a.folder.length)[0];
}

const isTestHelper = (file: string): boolean => /(^|\/)testing(\/|\.ts$)/.test(file);

function refuseFile(room: Room, file: string, specifier: string, isTest: boolean): string | null {
  const target = posix.join(posix.dirname(file), specifier);
  // A test of an upper room may be set up by the helpers of the rooms below it.
  if (isTest && isTestHelper(target)) return null;
  const targetRoom = roomOf(target);
  // What lies in no room (package.json, configuration) belongs to nobody.
  if (!targetRoom || targetRoom === room || room.rooms.includes(targetRoom.folder)) return null;
  return `${room.folder} may not import ${targetRoom.folder}`;
}

function refusePackage(room: Room, name: string, isTest: boolean): string | null {
  if (isTest && (testPackages.includes(name) || name.startsWith('node:'))) return null;
  const owners = reserved[name];
  if (owners && !owners.includes(room.folder)) {
    return `${name} belongs to ${owners.join(' and ')}`;
  }
  if (room.packages && !room.packages.includes(name))
    return `${room.folder} may not import ${name}`;
  return null;
}

function packageOf(specifier: string): string {
  if (specifier.startsWith('node:')) return specifier;
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

function specifiersIn(file: string, source: string): string[] {
  const { module, errors } = parseSync(file, source);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message}`);
  return [
    ...module.staticImports.map((one) => one.moduleRequest.value),
    ...module.staticExports.flatMap((one) =>
      one.entries.flatMap((entry) => (entry.moduleRequest ? [entry.moduleRequest.value] : [])),
    ),
    ...module.dynamicImports.flatMap((one) => {
      const text = source.slice(one.moduleRequest.start, one.moduleRequest.end);
      const literal = /^(['"`])([^'"`]+)\1$/.exec(text);
      return literal?.[2] ? [literal[2]] : [];
    }),
  ];
}
