import { forceEntries, forceString } from '../arguments';
import { record, string } from '../construct';
import { define, type FunctionTable } from '../primop';
import type { Thunk } from '../thunk';
import { fail, typeName, unknown, type Call, type Value } from '../value';

/**
 * Flake references by registry name and those of the forges. Source: Nix manual, "Flake references"; libfetchers'
 * github.cc and indirect.cc.
 */
const FORGES: ReadonlySet<string> = new Set(['github', 'gitlab', 'sourcehut']);
const REVISION = /^[0-9a-f]{40}$/;

function unsupported(what: string, call: Call): never {
  return unknown(
    'unsupported',
    `flake references like \`${what}\` are not something this tool evaluates`,
    call.at,
  );
}

function parseFlakeRef(call: Call, argument: Thunk): Value {
  const text = forceString(argument, call);
  const found = /^(?:([a-z]+):)?([^?#:]+)(?:\?([^#]*))?$/.exec(text);
  const type = found?.[1] ?? 'indirect';
  const path = (found?.[2] ?? '').split('/');
  const names =
    type === 'indirect' || type === 'flake'
      ? ['id', 'ref', 'rev']
      : FORGES.has(type)
        ? ['owner', 'repo', 'ref']
        : [];
  if (found === null || path.length > names.length || path.some((part) => !/^[A-Za-z0-9_.~-]+$/.test(part)))
    return unsupported(text, call);
  const fields: Record<string, Value> = { type: string(type === 'flake' ? 'indirect' : type) };
  path.forEach((part, index) => {
    const name = names[index] ?? '';
    fields[name === 'ref' && REVISION.test(part) ? 'rev' : name] = string(part);
  });
  if (FORGES.has(type) && path.length < 2) return fail('type', `'${text}' is not a valid URL`, call.at);
  for (const pair of found[3]?.split('&') ?? []) {
    const [name = '', value = ''] = pair.split('=');
    if (!['dir', 'host', 'narHash', 'ref', 'rev'].includes(name) || value.includes('%'))
      return unsupported(text, call);
    fields[name] = string(value);
  }
  return record(fields, call.at);
}

function flakeRefToString(call: Call, argument: Thunk): Value {
  const fields = new Map<string, string>();
  for (const [name, { value }] of forceEntries(argument, call)) {
    const field = value.force();
    if (field.type === 'string') fields.set(name, field.text);
    else if (field.type !== 'int' && field.type !== 'bool') {
      return fail(
        'type',
        `flake reference attribute sets may only contain integers, Booleans, and strings, but attribute '${name}' is ${typeName(field)}`,
        call.at,
      );
    } else if (field.type === 'int' && field.value < 0n) {
      return fail('type', `negative value given for flake ref attr ${name}: ${field.value}`, call.at);
    } else return unsupported(name, call);
  }
  const type = fields.get('type') ?? '';
  if (type !== 'indirect' && !FORGES.has(type)) return unsupported(type, call);
  const path = (type === 'indirect' ? ['id', 'ref', 'rev'] : ['owner', 'repo', 'ref', 'rev']).flatMap(
    (name) => fields.get(name) ?? [],
  );
  const query = ['dir', 'host', 'narHash'].flatMap((name) => {
    const value = fields.get(name);
    return value === undefined ? [] : [`${name}=${encodeURIComponent(value).replace(/%2F/g, '/')}`];
  });
  const scheme = type === 'indirect' ? 'flake' : type;
  return string(`${scheme}:${path.join('/')}${query.length === 0 ? '' : `?${query.join('&')}`}`, call.at);
}

export const FLAKE_REFS: FunctionTable = {
  parseFlakeRef: define('parseFlakeRef', 1, parseFlakeRef),
  flakeRefToString: define('flakeRefToString', 1, flakeRefToString),
};
