import { deepen } from '../computed';
import { forceAttrs, forceBool, forceItems, forceString, sortedEntries } from '../arguments';
import { string } from '../construct';
import { findAttr } from '../interpret';
import { define } from '../primop';
import { lazily, ready, type Thunk } from '../thunk';
import { fail, type AttrsValue, type Call, type Value } from '../value';
import { isDerivation } from './attrsets-outputs';
import { escapeXml, quotedIdentifier } from './strings-escape';
import {
  callBuiltin,
  field,
  interpolated,
  invoked,
  readFormals,
  textOf,
  withFormals,
  type LibTable,
} from './support';
import { isFunction, namedArguments } from './trivial';

/** nixpkgs lib/generators.nix: values written in the syntax of a language. */

function json(value: Thunk, call: Call): string {
  return forceString(ready(callBuiltin('toJSON', call, value)), call);
}

/** Counts how deep the written values nest. */
function deeper(call: Call, run: () => string): string {
  call.machine.enter();
  try {
    return deepen(3, run);
  } finally {
    call.machine.leave();
  }
}

interface Layout {
  readonly multiline: boolean;
  /** Whether `{ __pretty; val; }` stands for what `__pretty` makes of `val`. */
  readonly prettyValues: boolean;
}

/** `toPretty { }`. */
export function pretty(
  value: Thunk,
  call: Call,
  layout: Layout = { multiline: true, prettyValues: false },
  indent = '',
): string {
  return deeper(call, () => prettyValue(value, call, layout, indent));
}

function prettyValue(thunk: Thunk, call: Call, layout: Layout, indent: string): string {
  const value = thunk.force();
  const intro = layout.multiline ? `\n${indent}  ` : ' ';
  const outro = layout.multiline ? `\n${indent}` : ' ';
  const inner = (item: Thunk): string => pretty(item, call, layout, `${indent}  `);
  switch (value.type) {
    case 'int':
      return value.value.toString();
    case 'float':
      return json(thunk, call);
    case 'string':
      return prettyText(value.text, layout, intro, outro);
    case 'bool':
      return String(value.value);
    case 'null':
      return 'null';
    case 'path':
      return value.path;
    case 'list': {
      const items = forceItems(thunk, call);
      return items.length === 0 ? '[ ]' : `[${intro}${items.map(inner).join(intro)}${outro}]`;
    }
    default:
      break;
  }
  if (isFunction(thunk, call)) {
    const args = sortedEntries(
      forceAttrs(
        lazily(() => namedArguments(thunk, call)),
        call,
      ),
      call,
    );
    const shown = args
      .map(([name, optional]) => (forceBool(optional.value, call) ? `${name}?` : name))
      .join(', ');
    return args.length === 0 ? '<function>' : `<function, args: {${shown}}>`;
  }
  const set = value as AttrsValue;
  if (layout.prettyValues && findAttr(set, '__pretty') !== null && findAttr(set, 'val') !== null) {
    return interpolated(invoked(call, field(set, '__pretty', call), field(set, 'val', call)), call);
  }
  const entries = sortedEntries(set, call);
  if (entries.length === 0) return '{ }';
  if (isDerivation(set))
    return `<derivation ${textOf(findAttr(set, 'name')?.value ?? ready(string('???')), call)}>`;
  const lines = entries.map(([name, entry]) => `${quotedIdentifier(name, call)} = ${inner(entry.value)};`);
  return `{${intro}${lines.join(intro)}${outro}}`;
}

function prettyText(text: string, layout: Layout, intro: string, outro: string): string {
  const lines = text.split('\n');
  if (!layout.multiline || lines.length === 1) {
    return `"${lines.map((line) => line.replace(/[\\"]|\$\{/g, '\\$&')).join('\\n')}"`;
  }
  const escaped = lines.map((line) =>
    line.replace(/\$\{|''/g, (special) => (special === "''" ? "'''" : "''${")),
  );
  const last = escaped.pop() ?? '';
  return `''${intro}${escaped.join(intro)}${last === '' ? outro : intro + last}''`;
}

const PLIST_HEAD =
  '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE plist PUBLIC "-//Apple Computer//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">\n<plist version="1.0">\n';

function plist(thunk: Thunk, call: Call, escape: boolean, indent: string): string {
  return deeper(call, () => {
    const value = thunk.force();
    const text = (content: string): string => (escape ? escapeXml(content) : content);
    switch (value.type) {
      case 'null':
        return '';
      case 'bool':
        return `${indent}<${String(value.value)}/>`;
      case 'int':
        return `${indent}<integer>${value.value}</integer>`;
      case 'string':
        return `${indent}<string>${text(value.text)}</string>`;
      case 'path':
        return `${indent}<string>${text(value.path)}</string>`;
      case 'float':
        return `${indent}<real>${textOf(thunk, call)}</real>`;
      case 'list': {
        const items = forceItems(thunk, call).map((item) => plist(item, call, escape, `\t${indent}`));
        return `${indent}<array>\n${items.join('\n')}\n${indent}</array>`;
      }
      case 'attrs': {
        const kept = sortedEntries(value, call).filter(
          ([name, entry]) => name !== '_module' && entry.value.force().type !== 'null',
        );
        const lines = kept.flatMap(([name, entry]) => [
          `\t${indent}<key>${text(name)}</key>`,
          plist(entry.value, call, escape, `\t${indent}`),
        ]);
        return `${indent}<dict>\n${lines.join('\n')}\n${indent}</dict>`;
      }
      default:
        return fail('abort', 'generators.toPlist: should never happen', call.at);
    }
  });
}

function dhall(thunk: Thunk, call: Call): string {
  return deeper(call, () => {
    const value = thunk.force();
    switch (value.type) {
      case 'attrs':
        return `{ ${sortedEntries(value, call)
          .map(([name, entry]) => `${name} = ${dhall(entry.value, call)}`)
          .join(', ')} }`;
      case 'list':
        return `[ ${forceItems(thunk, call)
          .map((item) => dhall(item, call))
          .join(', ')} ]`;
      case 'int':
        return value.value < 0n ? value.value.toString() : `+${value.value}`;
      case 'bool':
        return value.value ? 'True' : 'False';
      case 'null':
        return fail('abort', 'generators.toDhall: cannot convert a null to Dhall', call.at);
      case 'lambda':
      case 'primop':
        return fail('abort', 'generators.toDhall: cannot convert a function to Dhall', call.at);
      default:
        return json(thunk, call);
    }
  });
}

interface LuaLayout {
  readonly multiline: boolean;
  readonly indent: string;
  readonly bindings: boolean;
}

function lua(thunk: Thunk, call: Call, layout: LuaLayout): string {
  return deeper(call, () => luaValue(thunk, call, layout));
}

function luaValue(thunk: Thunk, call: Call, layout: LuaLayout): string {
  const { indent, multiline } = layout;
  const value = thunk.force();
  if (layout.bindings) {
    const entries = sortedEntries(forceAttrs(thunk, call), call);
    const bad = entries.find(([name]) => !/^[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)*$/.test(name));
    if (bad !== undefined) return fail('throw', `Bad Lua var names: ${bad[0]}`, call.at);
    return entries
      .map(
        ([name, entry]) => `${indent}${name} = ${lua(entry.value, call, { ...layout, bindings: false })}\n`,
      )
      .join('');
  }
  const intro = multiline ? `\n${indent}  ` : ' ';
  const outro = multiline ? `\n${indent}` : ' ';
  const inner = (item: Thunk): string => lua(item, call, { ...layout, indent: `${indent}  ` });
  switch (value.type) {
    case 'null':
      return 'nil';
    case 'int':
    case 'float':
    case 'string':
    case 'bool':
      return json(thunk, call);
    case 'path':
      return json(
        lazily(() => string(interpolated(thunk, call))),
        call,
      );
    case 'list': {
      const items = forceItems(thunk, call);
      return items.length === 0 ? '{}' : `{${intro}${items.map(inner).join(`,${intro}`)}${outro}}`;
    }
    case 'attrs': {
      if (isDerivation(value))
        return json(
          lazily(() => string(interpolated(thunk, call))),
          call,
        );
      const tag = findAttr(value, '_type')?.value.force();
      if (tag?.type === 'string' && tag.text === 'lua-inline')
        return `(${interpolated(field(value, 'expr', call), call)})`;
      const entries = sortedEntries(value, call);
      if (entries.length === 0) return '{}';
      const lines = entries.map(
        ([name, entry]) => `[${json(ready(string(name)), call)}] = ${inner(entry.value)}`,
      );
      return `{${intro}${lines.join(`,${intro}`)}${outro}}`;
    }
    default:
      return fail('abort', 'generators.toLua: type lambda is unsupported', call.at);
  }
}

function flag(given: Thunk | null, otherwise: boolean, call: Call): boolean {
  return given === null ? otherwise : forceBool(given, call);
}

const PRETTY = { allowPrettyValues: true, multiline: true, indent: true } as const;
const PLIST = { escape: true } as const;
const LUA = { multiline: true, indent: true, asBindings: true } as const;

export const languages: LibTable = {
  toPretty: withFormals(
    define('toPretty', 2, (call, settings, value): Value => {
      const { allowPrettyValues, multiline, indent } = readFormals(settings, PRETTY, call);
      const layout = {
        multiline: flag(multiline, true, call),
        prettyValues: flag(allowPrettyValues, false, call),
      };
      return string(pretty(value, call, layout, indent === null ? '' : forceString(indent, call)), call.at);
    }),
    PRETTY,
  ),
  toPlist: withFormals(
    define('toPlist', 2, (call, settings, value) => {
      const { escape } = readFormals(settings, PLIST, call);
      return string(`${PLIST_HEAD}${plist(value, call, flag(escape, false, call), '')}\n</plist>`, call.at);
    }),
    PLIST,
  ),
  toDhall: withFormals(
    define('toDhall', 2, (call, settings, value) => {
      readFormals(settings, {}, call);
      return string(dhall(value, call), call.at);
    }),
    {},
  ),
  toLua: withFormals(
    define('toLua', 2, (call, settings, value) => {
      const { multiline, indent, asBindings } = readFormals(settings, LUA, call);
      const start = indent === null ? '' : forceString(indent, call);
      return string(
        lua(value, call, {
          multiline: flag(multiline, true, call),
          indent: start,
          bindings: flag(asBindings, false, call),
        }),
        call.at,
      );
    }),
    LUA,
  ),
};
