import type { OptionDoc } from '../option';
import type { TraefikField, TraefikType } from './field';
import { SINCE } from './since';
import { traefikRoot, type TraefikNode, type TraefikPart } from './tree';

/** Traefik's keys as options below `services.traefik`, so that whatever asks for an option finds them. */

const MANUAL = 'https://doc.traefik.io/traefik/';
const SOURCE = 'Traefik v3.7.9, pkg/config';

const TYPES: Readonly<Record<TraefikType, string>> = {
  string: 'string',
  boolean: 'boolean',
  integer: 'signed integer',
  number: 'signed integer or floating point number',
  duration: 'duration',
  'file or content': 'string',
  'list of string': 'list of string',
  'list of boolean': 'list of boolean',
  'list of integer': 'list of signed integer',
  'list of number': 'list of (signed integer or floating point number)',
  'list of duration': 'list of duration',
  'list of file or content': 'list of string',
  'map of string': 'attribute set of string',
  'map of integer': 'attribute set of signed integer',
  set: 'attribute set',
  'list of set': 'list of attribute set',
  'map of set': 'attribute set of (submodule)',
  anything: 'attribute set of anything',
};

/** All keys of both configurations. Their names are compared without case, as Traefik does. */
export const TRAEFIK_OPTIONS: readonly OptionDoc[] = [
  ...optionsOf('dynamic', 'services.traefik.dynamicConfigOptions'),
  ...optionsOf('static', 'services.traefik.staticConfigOptions'),
];

function optionsOf(part: TraefikPart, prefix: string): OptionDoc[] {
  const rows: OptionDoc[] = [];
  const since = new Map(
    Object.entries(SINCE[part]).flatMap(([version, paths]) => paths.map((path) => [path, version] as const)),
  );
  const visit = (at: TraefikNode, manual: string | undefined): void => {
    const page = at.field?.manual ?? manual;
    if (at.field !== null) rows.push(...rowsOf(`${prefix}.${at.path}`, at.field, page, since.get(at.path)));
    for (const inside of [...at.keys.values(), at.entry, at.element])
      if (inside !== null) visit(inside, page);
  };
  visit(traefikRoot(part), undefined);
  return rows;
}

function rowsOf(
  path: string,
  field: TraefikField,
  page: string | undefined,
  since: string | undefined,
): OptionDoc[] {
  const { type, values, description, entry } = field;
  const manual = page === undefined ? {} : { manual: MANUAL + page };
  const row: OptionDoc = {
    path,
    type: values === undefined || type.startsWith('list') ? TYPES[type] : oneOf(values),
    ...(field.default === undefined ? {} : { default: field.default }),
    ...(field.defaultText === undefined ? {} : { defaultText: field.defaultText }),
    description: [
      description,
      ...(field.required === true ? ['It is required.'] : []),
      ...(since === undefined ? [] : [`New in Traefik ${since}.`]),
    ].join(' '),
    ...(field.pitfall === undefined ? {} : { pitfall: field.pitfall }),
    ...(field.deprecated === undefined ? {} : { deprecated: field.deprecated }),
    ...(field.example === undefined ? {} : { example: field.example }),
    ...(field.internal === true ? { internal: true } : {}),
    ...manual,
    anyCase: true,
    source: SOURCE,
  };
  const inside = (segment: string, what: string, insideType: string): OptionDoc => ({
    path: `${path}.${segment}`,
    type: insideType,
    description: what,
    ...manual,
    source: SOURCE,
  });
  if (type === 'map of set') return [row, inside('<name>', entry ?? description, 'attribute set')];
  if (type === 'map of string') return [row, inside('<name>', description, 'string')];
  if (type === 'map of integer') return [row, inside('<name>', description, 'signed integer')];
  if (type === 'anything') return [row, inside('<name>', description, 'attribute set of anything')];
  if (values !== undefined && type.startsWith('list')) return [row, inside('*', description, oneOf(values))];
  return [row];
}

function oneOf(values: readonly (string | number)[]): string {
  return `one of ${values.map((value) => (typeof value === 'number' ? String(value) : `"${value}"`)).join(', ')}`;
}
