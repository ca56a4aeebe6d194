import { memoOf } from '../../eval/computed';
import type { ParsedFiles } from '../../eval/evaluation';
import { directoryOf } from '../../nix/paths';
import { readJson, type JsonMember, type JsonText, type JsonValue } from './json-syntax';
import { isLevel, type RuleLevels } from './levels';

/** The name of a settings file. */
export const SETTINGS_FILE = '.nixos-containers.json';

/** A settings file, as far as it can be read. */
export interface SettingsFile {
  readonly path: string;
  readonly json: JsonText;
  readonly levels: RuleLevels;
}

/** The settings files of a workspace. */
export interface SettingsFiles {
  readonly all: readonly SettingsFile[];
  /** The nearest one upwards from a file; null where there is none. */
  nearest(file: string): SettingsFile | null;
}

/** The settings files that concern a Nix file. */
export const settingsFiles = memoOf((files: ParsedFiles): SettingsFiles => {
  const byFolder = new Map<string, SettingsFile | null>();
  const all: SettingsFile[] = [];
  const of = (folder: string): SettingsFile | null => {
    const known = byFolder.get(folder);
    if (known !== undefined) return known;
    const path = folder === '/' ? `/${SETTINGS_FILE}` : `${folder}/${SETTINGS_FILE}`;
    const entry = files.entry(path);
    const own = entry.kind === 'file' ? settingsFile(path, entry.text) : null;
    if (own !== null) all.push(own);
    const settings = own ?? (folder === '/' ? null : of(directoryOf(folder)));
    byFolder.set(folder, settings);
    return settings;
  };
  for (const folder of new Set(files.nixFiles().map(folderOf))) of(folder);
  return { all, nearest: (file) => byFolder.get(folderOf(file)) ?? null };
});

function folderOf(file: string): string {
  return file.slice(0, file.lastIndexOf('/')) || '/';
}

function settingsFile(path: string, text: string): SettingsFile {
  const json = readJson(text);
  const levels: Record<string, RuleLevels[string]> = {};
  for (const { name, value } of memberOf(json.value, 'rules').flatMap(membersOf))
    if (value?.kind === 'string' && isLevel(value.text)) levels[name] = value.text;
  return { path, json, levels };
}

/** The members of an object; none of anything else. */
export function membersOf(value: JsonValue | null): readonly JsonMember[] {
  return value?.kind === 'object' ? value.members : [];
}

/** What an object says under a name: more than one value where it says it twice. */
export function memberOf(value: JsonValue | null, name: string): JsonValue[] {
  return membersOf(value).flatMap((member) =>
    member.name === name && member.value !== null ? [member.value] : [],
  );
}
