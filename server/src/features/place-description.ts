import type { Listener } from '../homelab/model';
import { writeAttrPath } from '../nix/write';
import { closedSet } from '../schema/closed';
import { hostOptions, isPlaceholder, lookupOption, optionsBelow, settingsAround } from '../schema/lookup';
import type { OptionDoc } from '../schema/option';
import type { ServiceDoc } from '../schema/service';
import { SERVICES } from '../schema/tables/services';
import { containerPlace, tablePath, traefikPlace, type OptionPath } from './cursor/place';
import type { Inline, Paragraph } from './markdown';
import { optionParagraphs } from './option-documentation';

/** What there is to say of a name that is no option of the tables itself: a set of options, a service, a name somebody chose. */

const BY_NAME: ReadonlyMap<string, ServiceDoc> = new Map(SERVICES.map((service) => [service.name, service]));
const MOST_NAMED = 10;

/**
 * @param listeners what is known of where the services of that system listen
 * @returns nothing for what is outside containers, Traefik's configuration and the services of the tables
 */
export function placeParagraphs(path: OptionPath, listeners: readonly Listener[]): readonly Paragraph[] {
  const own = pathInSystem(path);
  const service = own[0] === 'services' && own.length === 2 ? BY_NAME.get(own[1] ?? '') : undefined;
  if (service !== undefined) return serviceParagraphs(service, listeners);
  const below = optionsBelow(hostOptions(), tablePath(path));
  const members = below.filter(({ segment, doc }) => !isPlaceholder(segment) && doc?.removed === undefined);
  if (below.length > 0) {
    const chosen = isChosen(path) ? docAbove(path, 1) : null;
    const title: Paragraph = { pieces: [{ code: shownPath(path) }] };
    return [
      title,
      ...(chosen === null ? [] : [{ pieces: ['One of ', { code: chosen.path }, ': ', chosen.description] }]),
      ...(members.length === 0
        ? []
        : [
            listed(
              members.map(({ segment }) => segment),
              isWhole(path),
            ),
          ]),
    ];
  }
  if (containerPlace(path) === null && traefikPlace(path) === null && !isOfService(own)) return [];
  const title: Paragraph = { pieces: [{ code: shownPath(path) }] };
  const settings = settingsAround(hostOptions(), tablePath(path), path.length - own.length);
  if (settings !== null && settings.doc === null)
    return [
      title,
      {
        pieces: [
          'A key of the settings in ',
          { code: shownPath(path.slice(0, settings.length)) },
          ', which are handed on to the program as they are written.',
        ],
      },
    ];
  const around = optionsBelow(hostOptions(), tablePath(path.slice(0, -1)));
  const above = settings?.doc ?? (around.length > 0 ? null : docAbove(path, own.length - 1));
  if (above === null)
    return [title, { pieces: ['An option that the tables of this extension do not describe.'] }];
  return [title, { pieces: ['Part of ', { code: above.path }, '.'] }, ...optionParagraphs(above).slice(1)];
}

function isOfService([first, name]: OptionPath): boolean {
  return first === 'services' && (BY_NAME.has(name ?? '') || name === 'traefik');
}

/** The path from the root of the system it belongs to: the host, or a guest. */
function pathInSystem(path: OptionPath): OptionPath {
  return path[0] === 'containers' && path[2] === 'config' ? path.slice(3) : path;
}

/** Whether the last name is one that the user chooses, not one that the tables list. */
function isChosen(path: OptionPath): boolean {
  const name = path.at(-1);
  const siblings = optionsBelow(hostOptions(), tablePath(path.slice(0, -1)));
  return (
    siblings.some(({ segment }) => isPlaceholder(segment)) &&
    !siblings.some(({ segment }) => segment === name)
  );
}

/** The nearest option that a path lies in, at most so many names above it. */
function docAbove(path: OptionPath, most: number): OptionDoc | null {
  for (let up = 1; up <= most && up < path.length; up++) {
    const found = lookupOption(hostOptions(), tablePath(path.slice(0, -up)));
    if (found !== null) return found.doc;
  }
  return null;
}

function shownPath(path: OptionPath): string {
  return writeAttrPath(path.map((name) => name ?? '…'));
}

/** Whether the tables have every option directly below a path. */
function isWhole(path: OptionPath): boolean {
  const own = pathInSystem(path);
  return own[0] === 'containers' || traefikPlace(path) !== null || closedSet(tablePath(own)) !== null;
}

function listed(names: readonly string[], isAll: boolean): Paragraph {
  const shown = names.slice(0, MOST_NAMED);
  return {
    pieces: [
      isAll ? 'Options in it: ' : 'Options in it that are known here: ',
      ...shown.flatMap((name, number): Inline[] => [number === 0 ? '' : ', ', { code: name }]),
      names.length > shown.length ? ` and ${names.length - shown.length} others.` : '.',
    ],
  };
}

/** A service: where it listens by default and here, where its state lies, what one has to know. */
export function serviceParagraphs(service: ServiceDoc, listeners: readonly Listener[]): Paragraph[] {
  const { title, name, port, address, loopbackByDefault, openFirewall, stateDir, notes } = service;
  const own = listeners.filter((listener) => listener.service === name);
  const bullets: Paragraph[] = [];
  const bullet = (...pieces: Inline[]): void => void bullets.push({ bullet: true, pieces });
  for (const listener of own) {
    const { port: number, address: bound, protocol } = listener;
    if (number.kind !== 'known') continue;
    bullet(
      `Listens here on ${protocol.toUpperCase()} port `,
      { code: String(number.value) },
      ...(bound.kind === 'known' ? [' of ', { code: bound.value }] : []),
      number.definition === null ? ', the default.' : '.',
    );
  }
  if (own.length === 0 && port.default !== null)
    bullet('Port: ', { code: String(port.default) }, ' by default.');
  const opened = own.some(
    (listener) => listener.address.kind === 'known' && listener.address.definition !== null,
  );
  if (loopbackByDefault === true && !opened)
    bullet(
      `Listens on localhost by default: `,
      ...(address.option === null
        ? ['only its own machine reaches it.']
        : [
            'set ',
            { code: writeAttrPath(address.option.split('.').slice(2)) },
            ' so that a proxy outside the container reaches it.',
          ]),
    );
  if (openFirewall !== null) bullet({ code: openFirewall }, ' opens its port in the firewall.');
  if (stateDir !== null) bullet('State: ', { code: stateDir }, '.');
  return [
    { pieces: [title, ', ', { code: `services.${name}` }, '.'] },
    ...bullets,
    ...(notes === undefined ? [] : [{ pieces: [notes] }]),
  ];
}
