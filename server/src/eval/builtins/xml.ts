import { openness } from '../arguments';
import { compareText } from '../compare';
import { string } from '../construct';
import { printedFloat } from '../float-text';
import { define, type FunctionTable } from '../primop';
import type { Thunk } from '../thunk';
import { raise, type AttrsValue, type Call, type Value } from '../value';

const ESCAPES: Readonly<Record<string, string>> = {
  '"': '&quot;',
  '<': '&lt;',
  '>': '&gt;',
  '&': '&amp;',
  '\n': '&#xA;',
};

class XmlWriter {
  text = "<?xml version='1.0' encoding='utf-8'?>\n";
  private depth = 0;

  element(name: string, attributes: Readonly<Record<string, string>>, content?: () => void): void {
    const indent = '  '.repeat(this.depth);
    const written = Object.entries(attributes).map(
      ([key, value]) => ` ${key}="${value.replace(/["<>&\n]/g, (c) => ESCAPES[c] ?? c)}"`,
    );
    if (content === undefined) {
      this.text += `${indent}<${name}${written.join('')} />\n`;
      return;
    }
    this.text += `${indent}<${name}${written.join('')}>\n`;
    this.depth++;
    content();
    this.depth--;
    this.text += `${indent}</${name}>\n`;
  }
}

/** A value as `builtins.toXML` and `nix-instantiate --xml --no-location` write it. Source: Nix's value-to-xml.cc. */
export function writeXml(thunk: Thunk, call: Call): string {
  const writer = new XmlWriter();
  const drawn = new Set<string>();
  const write = (inner: Thunk): void => {
    call.machine.enter();
    try {
      writeValue(inner.force());
    } finally {
      call.machine.leave();
    }
  };
  const attributes = (set: AttrsValue): void => {
    const open = openness(set);
    if (open !== null) return raise(open);
    for (const [name, { value }] of [...set.entries].sort(([a], [b]) => compareText(a, b))) {
      writer.element('attr', { name }, () => write(value));
    }
  };
  const text = (set: AttrsValue, name: string): string | null => {
    const value = set.entries.get(name)?.value.force();
    return value?.type === 'string' ? value.text : null;
  };
  const writeValue = (value: Value): void => {
    switch (value.type) {
      case 'null': {
        writer.element('null', {});
        return;
      }
      case 'bool': {
        writer.element('bool', { value: String(value.value) });
        return;
      }
      case 'int': {
        writer.element('int', { value: value.value.toString() });
        return;
      }
      case 'float': {
        writer.element('float', { value: printedFloat(value.value) });
        return;
      }
      case 'string': {
        writer.element('string', { value: value.text });
        return;
      }
      case 'path': {
        writer.element('path', { value: value.path });
        return;
      }
      case 'list':
        if (value.open !== null) return raise(value.open);
        {
          writer.element('list', {}, () => value.items.forEach(write));
          return;
        }
      case 'attrs': {
        if (text(value, 'type') !== 'derivation') {
          writer.element('attrs', {}, () => attributes(value));
          return;
        }
        const [drvPath, outPath] = [text(value, 'drvPath'), text(value, 'outPath')];
        const shown = { ...(drvPath === null ? {} : { drvPath }), ...(outPath === null ? {} : { outPath }) };
        writer.element('derivation', shown, () => {
          if (drvPath === null || drvPath === '' || drawn.has(drvPath)) {
            writer.element('repeated', {});
            return;
          }
          drawn.add(drvPath);
          attributes(value);
        });
        return;
      }
      case 'primop': {
        writer.element('unevaluated', {});
        return;
      }
      case 'lambda': {
        const { argument, formals, ellipsis } = value.expr;
        writer.element('function', {}, () => {
          if (formals === null) {
            writer.element('varpat', { name: argument?.name ?? '' });
            return;
          }
          const pattern = {
            ...(ellipsis ? { ellipsis: '1' } : {}),
            ...(argument === null ? {} : { name: argument.name }),
          };
          const names = formals.map(({ name }) => name.name).sort(compareText);
          writer.element('attrspat', pattern, () =>
            names.forEach((name) => writer.element('attr', { name })),
          );
        });
        return;
      }
    }
  };
  writer.element('expr', {}, () => write(thunk));
  return writer.text;
}

export const XML: FunctionTable = {
  toXML: define('toXML', 1, (call, value) => string(writeXml(value, call), call.at)),
};
