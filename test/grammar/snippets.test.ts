import { afterAll, describe, expect, test } from 'vitest';
import snippetFile from '../../snippets/nix.json';
import { expandSnippet } from './expand-snippet';
import { startNix } from './nix';
import { loadGrammar } from './scopes';

interface Snippet {
  readonly prefix: string;
  readonly description: string;
  readonly body: readonly string[];
  readonly isFileTemplate?: boolean;
}

const snippets: readonly Snippet[] = Object.values(snippetFile);
const nix = startNix();
const tokenise = await loadGrammar();
afterAll(() => nix?.stop());

const routes = 'containers.traefik.config.services.traefik.dynamicConfigOptions.http';
const module = (inside: string): string => `{ config, domain, inputs, ... }: {\n${inside}\n}\n`;

/** Where a snippet is put, and what stands around it there. */
const places = {
  file: (text: string) => `${text}\n`,
  module,
  routes: (text: string) => module(`${routes} = {\n${text}\n};`),
  container: (text: string) => module(`containers.web = {\n${text}\n};`),
  guest: (text: string) => module(`containers.web.config = { config, ... }: {\n${text}\n};`),
};

const placeOf: Readonly<Record<string, keyof typeof places>> = {
  'nc-module': 'file',
  'nc-module-host-network': 'file',
  'nc-route': 'module',
  'nc-route-host-network': 'module',
  'nc-container': 'module',
  'nc-pair': 'container',
  'nc-host-network': 'container',
  'nc-ephemeral': 'container',
  'nc-private-users': 'container',
  'nc-bind-mount': 'container',
  'nc-agenix': 'container',
  'nc-agenix-mount': 'container',
  'nc-agenix-guest': 'guest',
  'nc-middleware': 'routes',
  'nc-middleware-headers': 'routes',
  'nc-forward-auth': 'routes',
};

function inPlace({ prefix, body }: Snippet, fileName: string): string {
  const place = placeOf[prefix];
  if (!place) throw new Error(`say in placeOf where ${prefix} goes`);
  return places[place](expandSnippet(body, { TM_FILENAME_BASE: fileName }).text);
}

describe.each(snippets)('$prefix', (snippet) => {
  test.skipIf(!nix)('is Nix in its place, with its defaults', () => {
    expect(nix?.parse(inPlace(snippet, 'jellyfin'))).toBeNull();
  });

  test('leaves no string and no brace open', () => {
    expect(tokenise(inPlace(snippet, 'jellyfin').split('\n')).closed).toBe(true);
  });

  test('its tab stops count from 1 and end with the final one', () => {
    const { stops } = expandSnippet(snippet.body, {});
    expect(stops).toEqual([...stops.slice(0, -1).map((_, index) => index + 1), 0]);
  });

  test('uses the file name and no other variable', () => {
    const { variables } = expandSnippet(snippet.body, {});
    expect(variables.filter((name) => name !== 'TM_FILENAME_BASE')).toEqual([]);
  });

  test('says what it is for', () => {
    expect(snippet.description).toMatch(/^(NixOS container|Traefik): /);
  });
});

describe('the snippets', () => {
  test('have prefixes of their own', () => {
    const prefixes = snippets.map(({ prefix }) => prefix);
    expect([...prefixes].sort()).toEqual(Object.keys(placeOf).sort());
  });

  test('offer the file templates for an empty file', () => {
    const templates = snippets.filter(({ isFileTemplate }) => isFileTemplate).map(({ prefix }) => prefix);
    expect(templates).toEqual(
      snippets.map(({ prefix }) => prefix).filter((prefix) => placeOf[prefix] === 'file'),
    );
  });

  test('take the name from the file', () => {
    const module = snippets.find(({ prefix }) => prefix === 'nc-module');
    const text = expandSnippet(module?.body ?? '', { TM_FILENAME_BASE: 'jellyfin' }).text;
    expect(text).toContain('services.jellyfin.loadBalancer.servers = [{');
    expect(text).toContain('url = "http://${config.containers.jellyfin.localAddress}:8080";');
    expect(text).toContain('rule = "Host(`jellyfin.${domain}`)";');
    expect(text).toContain('containers.jellyfin = {');
  });
});

describe('expanding a snippet', () => {
  const values = { NAME: 'web' };

  test.each([
    ['a plain text { } $', null],
    ['$1-${2}-$0', '--'],
    ['${1:a}-$1', 'a-a'],
    ['$1-${1:a}', 'a-a'],
    ['${1:${NAME:b}}.${2:$1}', 'web.web'],
    ['${1:${OTHER:b}}', 'b'],
    ['$NAME ${NAME} $OTHER|', 'web web |'],
    ['${1|a,b|} ${2|a\\,b,c|}', 'a a,b'],
    ['\\${x} \\$1 ${1:a\\}b} \\\\ \\n }', '${x} $1 a}b \\ \\n }'],
    ['${1:a', null],
    ['${1/a/b/}', null],
    ['${1:a}${1:b}', null],
    ['${1:${2:$1}}', null],
  ])('%s', (body, text) => {
    if (text === null) expect(() => expandSnippet(body, values)).toThrow();
    else expect(expandSnippet(body, values).text).toBe(text);
  });

  test('joins the lines of a body and names the stops in order', () => {
    expect(expandSnippet(['${2:a}', '$0', '$1'], {})).toEqual({
      text: 'a\n\n',
      stops: [1, 2, 0],
      variables: [],
    });
  });
});
