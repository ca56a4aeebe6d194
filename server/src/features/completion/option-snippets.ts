import { writeAttrName, writeString } from '../../nix/write';
import type { OptionDoc } from '../../schema/option';
import { plainNix } from '../option-documentation';
import { choice, escapeSnippet } from './candidate';

/** The values that an option can have, where these are few: `true`, `"pick"`, … as Nix. */
export function writtenValues(doc: OptionDoc): string[] {
  const values = new Set<string>();
  const { type, example, default: plain } = doc;
  if (/(?:^|null or )boolean\b/.test(type)) {
    // Who writes the option wants what is not the default.
    values.add(plain === true ? 'false' : 'true').add(plain === true ? 'true' : 'false');
  }
  const listed = /one of (.+)$/s.exec(type)?.[1] ?? '';
  const enumeration = [...listed.matchAll(/"((?:[^"\\]|\\.)*)"|(-?\d+)\b/g)].map(
    ([, text, number]) => number ?? writeString(text ?? ''),
  );
  if (example !== undefined && enumeration.includes(example)) values.add(example);
  for (const value of enumeration) values.add(value);
  if (values.size > 0 && /\bnull\b/.test(type)) values.add('null');
  return [...values];
}

/** What follows an option's name, as a snippet: ` = value;`, or a path below it. Lines end with `\n`. */
export function assignment(doc: OptionDoc, hasMembers: boolean): string {
  const special = SPECIAL[doc.path];
  if (special !== undefined) return special;
  const values = writtenValues(doc);
  if (values.length > 0) return ` = ${choice(1, values)};`;
  const { type } = doc;
  if (/^list of \(?(?:submodule|attribute set)/.test(type)) return ' = [\n  { $1 }\n];';
  if (type.startsWith('list of') || type.includes('or list of')) return ' = [ $1 ];';
  if (/^(?:lazy )?attribute set of \(?submodule/.test(type) && hasMembers) return `.\${1:name} = {\n  $0\n};`;
  if (/attribute set|TOML|JSON|YAML|NixOS config/.test(type)) return ' = {\n  $0\n};';
  if (type.startsWith('strings concatenated with "\\n"')) return " = ''\n  $1\n'';";
  if (/integer|number/.test(type)) return ` = \${1:${escapeSnippet(numberOf(doc))}};`;
  if (/^(?:null or )?(?:string|absolute path)/.test(type)) return ' = "$1";';
  return ' = $1;';
}

const SPECIAL: Readonly<Record<string, string>> = {
  'containers.<name>.bindMounts': `."\${1:/var/lib/data}" = {\n  hostPath = "\${2:/srv/data}";\n  isReadOnly = \${3|false,true|};\n};`,
  'containers.<name>.forwardPorts': ` = [\n  { protocol = "\${1|tcp,udp|}"; hostPort = \${2:8080}; containerPort = \${3:80}; }\n];`,
  'containers.<name>.extraVeths': `.\${1:name} = {\n  hostAddress = "$2";\n  localAddress = "$3";\n};`,
  'containers.<name>.specialArgs': ' = { inherit $1; };',
};

function numberOf({ default: plain, example }: OptionDoc): string {
  if (example !== undefined && /^\d+$/.test(example)) return example;
  return typeof plain === 'number' ? plainNix(plain) : '0';
}

/** A set of options that is no option itself, as one goes on writing it. */
export function attributeName(segment: string, quoted: boolean): string {
  return quoted ? writeString(segment).slice(1, -1) : writeAttrName(segment);
}
