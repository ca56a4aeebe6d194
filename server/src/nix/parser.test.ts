import fc from 'fast-check';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { testParser } from '../eval/testing';
import type { NixParser } from './parser';
import type { SourceFile } from './source-file';
import type { AttrSetExpr, Binding, Expr } from './syntax';
import { childrenOf } from './walk';

let nix: NixParser;
beforeAll(async () => {
  nix = await testParser();
});

/** A tree as text, with the absolute range of every node: what two equal files must agree on. */
function outline(file: SourceFile): string {
  const lines: string[] = [];
  const visit = (expr: Expr, depth: number): void => {
    const range = file.rangeOf(expr);
    const own =
      expr.kind === 'variable'
        ? expr.name
        : expr.kind === 'string'
          ? JSON.stringify(expr.parts.filter((part) => typeof part === 'string'))
          : '';
    lines.push(`${' '.repeat(depth)}${expr.kind} ${own} ${range?.start ?? '?'}-${range?.end ?? '?'}`);
    if (expr.kind === 'attrs' || expr.kind === 'let')
      for (const binding of expr.bindings) lines.push(`${' '.repeat(depth)} ${names(binding)}`);
    for (const child of childrenOf(expr)) visit(child, depth + 1);
  };
  if (file.root.expression !== null) visit(file.root.expression, 0);
  return lines.join('\n');
}

function names(binding: Binding): string {
  return binding.kind === 'binding'
    ? binding.path.map(({ text }) => text ?? '${}').join('.')
    : `inherit ${binding.names.map(({ text }) => text ?? '${}').join(' ')}`;
}

function attrsOf(file: SourceFile): AttrSetExpr {
  let expr = file.root.expression;
  while (expr?.kind === 'lambda') expr = expr.body;
  if (expr?.kind !== 'attrs') throw new Error('the file holds no set');
  return expr;
}

/** The texts of a file's bindings, by their paths. */
function bindingTexts(file: SourceFile): Record<string, string> {
  const found: Record<string, string> = {};
  const visit = (prefix: string, set: AttrSetExpr): void => {
    for (const binding of set.bindings) {
      if (binding.kind !== 'binding') continue;
      const path = prefix + names(binding);
      if (binding.value.kind === 'attrs') visit(`${path}.`, binding.value);
      else
        found[path] = file.text.slice(
          file.rangeOf(binding.value)?.start ?? 0,
          file.rangeOf(binding.value)?.end ?? 0,
        );
    }
  };
  visit('', attrsOf(file));
  return found;
}

const MODULE = `{ config, domain, ... }: {
  containers.traefik.config.services.traefik.dynamicConfigOptions.http = {
    routers.web.rule = "Host(\`web.\${domain}\`)";
  };
  containers.web = {
    privateNetwork = true;
    hostAddress = "10.0.0.1";
    localAddress = "10.0.0.2";
    config = { pkgs, ... }: { services.web = { enable = true; port = 80; }; };
  };
}
`;

describe('lowering', () => {
  it('keeps what an edit left alone', () => {
    const document = nix.open('/a.nix', MODULE);
    const before = attrsOf(document.file).bindings;
    const after = attrsOf(document.update(MODULE.replace('10.0.0.2', '10.0.0.22'))).bindings;
    expect(after[0]).toBe(before[0]);
    expect(after[1]).not.toBe(before[1]);
    document.close();
  });

  it.each([
    ['a//b', 'a // b'],
    ['f a//b', '(f a) // b'],
    ['x.y//z.w', 'x.y // z.w'],
    ['{ }//acc', '{ } // acc'],
    ['f x //b', '(f x) // b'],
  ])('reads %s as %s, not as a path', (text, meant) => {
    const shape = (source: string): string => outline(nix.parse('/a.nix', source)).replace(/ \d+-\d+/g, '');
    expect(shape(text)).toBe(shape(meant));
  });

  it('leaves paths and updates in parentheses alone', () => {
    expect(nix.parse('/a.nix', 'f (a // b)').root.expression?.kind).toBe('apply');
    expect(nix.parse('/a.nix', './a/b').root.expression?.kind).toBe('path');
  });

  it('gives ranges in UTF-16 units', () => {
    const file = nix.parse('/a.nix', '{ /* 😀 */ a = "é😀"; b = 1; }');
    const binding = attrsOf(file).bindings[1];
    expect(binding && file.text.slice(file.rangeOf(binding)?.start, file.rangeOf(binding)?.end)).toBe(
      'b = 1;',
    );
  });

  it('does not follow nesting without end', () => {
    expect(nix.parse('/a.nix', `${'['.repeat(5000)}${']'.repeat(5000)}`).root.expression?.kind).toBe('list');
    expect(
      nix.parse('/a.nix', Array.from({ length: 5000 }, () => '1').join(' + ')).root.expression,
    ).not.toBeNull();
  });
});

describe('a syntax error', () => {
  const typed = (text: string): Record<string, string> => {
    const document = nix.open('/a.nix', MODULE);
    document.update(text);
    const texts = bindingTexts(document.file);
    document.close();
    return texts;
  };
  const all = {
    'containers.traefik.config.services.traefik.dynamicConfigOptions.http.routers.web.rule':
      '"Host(`web.${domain}`)"',
    'containers.web.privateNetwork': 'true',
    'containers.web.hostAddress': '"10.0.0.1"',
    'containers.web.localAddress': '"10.0.0.2"',
  };

  it.each([
    ['a missing semicolon', MODULE.replace('"10.0.0.1";', '"10.0.0.1"')],
    ['a half-typed name', MODULE.replace('    hostAddress', '    auto\n    hostAddress')],
    [
      'a half-typed value',
      MODULE.replace('privateNetwork = true;', 'privateNetwork = true;\n    autoStart = '),
    ],
    ['a string without end', MODULE.replace('"10.0.0.2"', '"10.0.0.2')],
    ['an interpolation without end', MODULE.replace('${domain}', '${domain')],
    ['a set without its semicolon', MODULE.replace('  };\n  containers.web', '  }\n  containers.web')],
    ['a brace too few', MODULE.replace('};\n}\n', '}\n')],
    ['a brace too many', `${MODULE}}\n`],
  ])('costs only its binding: %s', (_name, text) => {
    const texts = typed(text);
    for (const path of Object.keys(all)) expect(texts).toHaveProperty([path]);
    expect(texts['containers.web.privateNetwork']).toBe('true');
  });

  it.each(['\n', '\r\n'])('costs nothing after a dot that joins two lines into one name', (end) => {
    const before = MODULE.replaceAll('\n', end);
    const document = nix.open('/a.nix', before);
    let written = '';
    for (const letter of '  containers.films = {') {
      written += letter;
      const text = before.replace('  containers.web', `${written}${end}  containers.web`);
      const texts = bindingTexts(document.update(text));
      // What is read while the line ends in a dot is Nix.
      if (letter !== '.') for (const path of Object.keys(all)) expect(texts, written).toHaveProperty([path]);
    }
    document.close();
  });

  it('is forgotten when the text is mended', () => {
    const document = nix.open('/a.nix', MODULE);
    document.update(MODULE.replace('"10.0.0.1";', '"10.0.0.1'));
    expect(outline(document.update(MODULE))).toBe(outline(nix.parse('/a.nix', MODULE)));
    document.close();
  });

  it('lets a binding go that is deleted elsewhere', () => {
    const document = nix.open('/a.nix', MODULE);
    document.update(MODULE.replace('"10.0.0.1";', '"10.0.0.1').replace('    privateNetwork = true;\n', ''));
    document.update(MODULE.replace('    privateNetwork = true;\n', ''));
    expect(bindingTexts(document.file)).not.toHaveProperty(['containers.web.privateNetwork']);
    document.close();
  });
});

describe('edits', () => {
  const folder = join(import.meta.dirname, '../../../examples/homelab/containers');
  const texts = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
  const edit = fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    remove: fc.nat(12),
    insert: fc.constantFrom(
      '',
      ' ',
      ';',
      '"',
      "''",
      '{',
      '}',
      'a',
      '=',
      '${',
      '.',
      '\n',
      '10.0.0.',
      '[ ',
      '#',
      ' = 1;',
      '\r\n',
    ),
  });

  const small = fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    remove: fc.nat(1),
    insert: fc.constantFrom('x', '7', ' ', ''),
  });

  it.each([
    ['of any kind', fc.array(edit, { minLength: 1, maxLength: 8 }), 150],
    ['of single letters', fc.array(small, { minLength: 1, maxLength: 3 }), 300],
  ])(
    '%s, one after the other, leave the same syntax as the text alone',
    (_kind, several, numRuns) => {
      fc.assert(
        fc.property(fc.constantFrom(...texts), several, (original, edits) => {
          const document = nix.open('/a.nix', original);
          let text = original;
          for (const { at, remove, insert } of edits) {
            const start = Math.floor(at * text.length);
            text = text.slice(0, start) + insert + text.slice(start + remove);
            document.update(text);
          }
          const fresh = nix.parse('/a.nix', text);
          if (fresh.errors.length === 0) expect(outline(document.file)).toBe(outline(fresh));
          document.update(original);
          expect(outline(document.file)).toBe(outline(nix.parse('/a.nix', original)));
          document.close();
        }),
        { numRuns },
      );
    },
    60_000,
  );
});
