import type { Host } from '../homelab/model';
import { matchersOf, isSpelling, type RuleProtocol } from '../homelab/traefik-matchers';
import { matchersIn, parseRule } from '../homelab/traefik-rule';
import { stringText } from '../nix/string-text';
import type { SourceFile } from '../nix/source-file';
import { hostOptions, lookupOption } from '../schema/lookup';
import { tablePath, traefikPlace, type OptionPath } from './cursor/place';
import type { Paragraph } from './markdown';
import { ruleInWords } from './route-summary';
import { optionParagraphs } from './option-documentation';
import { syntaxAt } from './syntax-at';
import type { TraefikSubject } from './subject';
import { routesWhere } from './traefik-entries';

/** What there is to say of a place in Traefik's configuration beside what the homelab itself knows. */

/** The documentation of what a name stands for that the user chose: of a router, a service and so on. */
export function traefikEntryParagraphs({
  kind,
  name,
  proxy,
  protocol,
}: TraefikSubject): readonly Paragraph[] {
  const root = [...(proxy === null ? [] : ['containers', proxy, 'config']), 'services', 'traefik'];
  const place =
    kind === 'entryPoint'
      ? ['staticConfigOptions', 'entryPoints', name]
      : ['dynamicConfigOptions', protocol, `${kind}s`, name];
  const found = lookupOption(hostOptions(), [...root, ...place]);
  return found === null ? [] : optionParagraphs(found.doc);
}

/** The documentation of what a key stands in, for keys of which only the place is known: those of plugins. */
export function freeKeyParagraphs(path: OptionPath): readonly Paragraph[] {
  if (traefikPlace(path) === null) return [];
  for (let length = path.length - 1; length > 3; length--) {
    const found = lookupOption(hostOptions(), tablePath(path.slice(0, length)));
    if (found !== null) return found.doc.type.endsWith('of anything') ? optionParagraphs(found.doc) : [];
  }
  return [];
}

/** A rule at a place of a file. */
export interface RulePlace {
  readonly router: string;
  readonly proxy: string | null;
  readonly protocol: string;
}

/** What a rule takes, in words, and what the matcher under the cursor is. */
export function ruleParagraphs(
  hosts: readonly Host[],
  { router, proxy, protocol }: RulePlace,
  file: SourceFile,
  offset: number,
): Paragraph[] {
  const language: RuleProtocol = protocol === 'tcp' ? 'tcp' : 'http';
  const literal = syntaxAt(file, offset)
    .filter(({ node }) => node.kind === 'string')
    .at(-1)?.node;
  const written = literal?.kind === 'string' ? stringText(file, literal) : null;
  const known = routesWhere(
    hosts,
    (route) => route.router === router && route.proxyContainer === proxy && route.protocol === protocol,
  ).some(({ route }) => route.rule.kind === 'known');
  // Where the routers themselves are known, their summary says it.
  const text = known || written === null ? null : written.text;
  const words = text === null ? [] : ruleInWords(text, language);
  const paragraphs: Paragraph[] = words.length === 0 ? [] : [{ pieces: [...words, '.'] }];
  return written === null
    ? paragraphs
    : [...matcherAt(written.text, (index) => written.offsetAt(index), offset, language), ...paragraphs];
}

/** The documentation of the matcher whose name is at an offset. */
function matcherAt(
  text: string,
  offsetAt: (index: number) => number,
  offset: number,
  protocol: RuleProtocol,
): Paragraph[] {
  const { tree } = parseRule(text);
  if (tree === null) return [];
  const at = matchersIn(tree).find(
    ({ name }) => offsetAt(name.start) <= offset && offset <= offsetAt(name.end - 1) + 1,
  );
  const known = (['v3', 'v2'] as const).flatMap((version) => matchersOf(protocol, version));
  const matcher = at === undefined ? undefined : known.find(({ name }) => isSpelling(at.name.text, name));
  if (matcher === undefined) return [];
  const { name, parameters, description } = matcher;
  return [{ pieces: [{ code: `${name}(${parameters.join(', ')})` }, `: ${description}`] }];
}
