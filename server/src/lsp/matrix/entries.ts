/** For tests only: what every entry of the tables must answer to, as texts of modules. */
import { matchersOf, type RuleProtocol } from '../../homelab/traefik-matchers';
import type { OptionDoc } from '../../schema/option';
import { SERVICE_OPTIONS } from '../../schema/service-options';
import { CAPABILITIES, CAPABILITY_OPTIONS } from '../../schema/tables/capabilities';
import { CONTAINER_OPTIONS } from '../../schema/tables/container';
import { GUEST_OPTIONS } from '../../schema/tables/guest';
import { GUEST_DETAILS } from '../../schema/tables/guest-details';
import { LIB_FUNCTIONS } from '../../schema/tables/lib-functions';
import { RETIRED_OPTIONS } from '../../schema/tables/retired';
import { SERVICE_DETAILS } from '../../schema/tables/service-details';
import { SERVICES } from '../../schema/tables/services';
import { TRAEFIK_OPTIONS } from '../../schema/traefik/options';
import { begun, chosen, MARK, SPELLINGS, type Spelling } from '../../features/spellings';

/** One question for the server about one entry of a table. */
export interface Question {
  /** The entry, and how it is written. */
  readonly about: string;
  /** An attribute set, with `§` where the cursor is. */
  readonly text: string;
  /** What stands at `§`: the whole name for a hover, what is typed of it for a completion. */
  readonly word: string;
  readonly ask: 'hover' | 'completion' | 'signature';
  /** What a hover or a signature must say, or the documentation of the offered. */
  readonly says: readonly string[];
  /** What must be offered; each once. */
  readonly offers: readonly string[];
  /** Whether it must be struck through. */
  readonly struck?: boolean;
}

/** Options that are not offered by their name, and why. */
export const NOT_OFFERED: readonly { readonly why: string; readonly of: (doc: OptionDoc) => boolean }[] = [
  { why: 'the user chooses the name', of: ({ path }) => /\.<\w+>$/.test(path) },
  {
    why: 'an element of a list has no name: its values are asked for',
    of: ({ path }) => path.endsWith('.*'),
  },
  { why: 'Traefik makes it itself', of: ({ internal }) => internal === true },
  {
    why: 'it was removed, and is asked for among the former options',
    of: ({ removed }) => removed !== undefined,
  },
];

const GUEST = ['containers', 'x', 'config'];

/** The questions about an option: at each of the spellings, in a guest and at the host. */
function aboutOption(doc: OptionDoc, spelling: Spelling, how: string, around: readonly string[]): Question[] {
  const path = [...around, ...chosen(doc.path)];
  const last = doc.path.split('.').at(-1) ?? '';
  const name = path.at(-1) ?? '';
  const text = `{ ${spelling(path.slice(0, -1))} }`;
  const about = `${doc.path}, ${how}`;
  const says = [`\`${doc.path}\``, doc.description];
  // An element of a list has no name; its values are asked for.
  const hover: Question[] = last === '*' ? [] : [{ about, text, word: name, ask: 'hover', says, offers: [] }];
  if (NOT_OFFERED.some(({ of }) => of(doc))) return hover;
  return [...hover, { about, text, word: begun(name), ask: 'completion', says, offers: [name] }];
}

/** The values that a type lists, as an editor shows them. */
function listedValues(type: string): string[] {
  const booleans = /^(?:null or )?boolean$/.test(type) ? ['true', 'false'] : [];
  const listed = /^(?:null or )?one of (.+)$/s.exec(type)?.[1] ?? '';
  return [...booleans, ...[...listed.matchAll(/"([^"]*)"/g)].map(([, value]) => value ?? '')];
}

/** The question about the values of an option. */
function aboutValues(doc: OptionDoc, around: readonly string[]): Question[] {
  const offers = listedValues(doc.type);
  if (offers.length === 0) return [];
  const path = [...around, ...chosen(doc.path)];
  const inList = path.at(-1) === '*';
  const own = inList ? path.slice(0, -1) : path;
  const name = own.at(-1) ?? '';
  const cursor = offers.includes('true') ? 't' : '""';
  const value = inList ? `[ ${cursor} ]` : cursor;
  const [before = '', after = ''] = (SPELLINGS['in sets'] as Spelling)(own.slice(0, -1)).split(`${MARK} = 1`);
  const written = cursor === '""' ? value.replace('""', `"${MARK}"`) : value.replace('t', MARK);
  const text = `{ ${before}${name} = ${written}${after} }`;
  const word = cursor === '""' ? '' : 't';
  return [{ about: `values of ${doc.path}`, text, word, ask: 'completion', says: [], offers }];
}

function atEverySpelling(docs: readonly OptionDoc[], around: readonly (readonly string[])[]): Question[] {
  return docs.flatMap((doc) =>
    Object.entries(SPELLINGS).flatMap(([how, spelling], at) =>
      aboutOption(doc, spelling, how, around[at % around.length] ?? []),
    ),
  );
}

/** Options of a guest: with dots at the host, in the other ways in a container. */
const ANYWHERE = [[], GUEST, GUEST] as const;

function aboutServices(): Question[] {
  return SERVICES.flatMap(({ name, title, port, stateDir, notes, openFirewall }) => {
    const says = [
      `${title}, \`services.${name}\``,
      ...(port.default === null ? [] : [`Port: \`${port.default}\` by default.`]),
      ...(stateDir === null ? [] : [`State: \`${stateDir}\`.`]),
      ...(openFirewall === null ? [] : [`\`${openFirewall}\` opens its port`]),
      ...(notes === undefined ? [] : [notes]),
    ];
    const text = `{ containers.x.config = { services = { ${MARK} = { }; }; }; }`;
    const about = `service ${name}`;
    const asked: Question[] = [
      { about, text, word: name, ask: 'hover', says, offers: [] },
      { about, text, word: begun(name), ask: 'completion', says: [], offers: [name] },
    ];
    return asked;
  });
}

/** Former options, from both tables that have any. */
function aboutFormer(): Question[] {
  const rows = [
    ...RETIRED_OPTIONS.map(({ path, to, instead }) => ({ path, to, instead })),
    ...SERVICES.flatMap(({ renamedOptions = [] }) =>
      renamedOptions.map(({ from, to }) => ({ path: from, to, instead: undefined })),
    ),
  ];
  return rows.flatMap(({ path, to, instead }) => {
    // The table of options has its own words for what was removed.
    const row = CONTAINER_OPTIONS.find((option) => option.path === path);
    const says =
      row !== undefined
        ? [row.description, row.removed ?? '']
        : [to === null ? 'NixOS has no such option' : `It is called \`${to}\``, instead ?? ''];
    const inGuest = path.startsWith('containers.') ? [] : GUEST;
    return Object.entries(SPELLINGS).flatMap(([how, spelling], at): Question[] => {
      const names = [...(at === 0 ? [] : inGuest), ...chosen(path)];
      const name = names.at(-1) ?? '';
      const text = `{ ${spelling(names.slice(0, -1))} }`;
      const about = `former ${path}, ${how}`;
      return [
        { about, text, word: name, ask: 'hover', says, offers: [] },
        { about, text, word: begun(name), ask: 'completion', says, offers: [name], struck: true },
      ];
    });
  });
}

/** What stands around the name of a capability in each way to write one. */
const CAPABILITY_FORMS = {
  list: `[ "${MARK}" ]`,
  words: `"${MARK}"`,
  flags: `[ "--capability=${MARK}" ]`,
  file: `"${MARK}"`,
} as const;

function aboutCapabilities(): Question[] {
  return CAPABILITY_OPTIONS.flatMap(({ path, form }) => {
    const own = chosen(path);
    const text = `{ ${own.join('.')} = ${CAPABILITY_FORMS[form]}; }`;
    return CAPABILITIES.map(({ name, description }): Question => {
      const label = form === 'file' ? name.toLowerCase() : name;
      return {
        about: `${name} in ${path}`,
        text,
        word: label.slice(0, 6),
        ask: 'completion',
        says: [description],
        offers: [label],
      };
    });
  });
}

function aboutFunctions(): Question[] {
  return LIB_FUNCTIONS.flatMap(({ name, description, parameters }) => {
    const says = [description, ...parameters.map((parameter) => parameter.description)];
    const text = `{ environment.variables.X = lib.${MARK}; }`;
    const call = `{ environment.variables.X = (lib.${name} ${MARK}); }`;
    const about = `lib.${name}`;
    const asked: Question[] = [
      { about, text, word: name, ask: 'hover', says, offers: [] },
      { about, text, word: begun(name), ask: 'completion', says: [], offers: [name] },
      { about, text: call, word: 'a', ask: 'signature', says, offers: [] },
    ];
    return asked;
  });
}

const RULE_LANGUAGES = [
  ['http', 'v3'],
  ['tcp', 'v3'],
  ['http', 'v2'],
  ['tcp', 'v2'],
] as const satisfies readonly (readonly [RuleProtocol, 'v2' | 'v3'])[];

function aboutMatchers(): Question[] {
  return RULE_LANGUAGES.flatMap(([protocol, version]) =>
    matchersOf(protocol, version).flatMap(({ name, parameters, description }) => {
      const router = (rule: string): string =>
        `{ ${TRAEFIK[version]}.dynamicConfigOptions.${protocol}.routers.r = { rule = "${rule}"; service = "s"; }; }`;
      const about = `matcher ${name} of ${protocol}, ${version}`;
      const asked: Question[] = [
        {
          about,
          text: router(`${MARK}(\`a\`)`),
          word: name,
          ask: 'hover',
          // Both versions of a matcher are described in the newer one's words.
          says: [`\`${name}(${parameters.join(', ')})\``],
          offers: [],
        },
        {
          about,
          text: router(MARK),
          word: begun(name),
          ask: 'completion',
          says: [description],
          offers: [name],
        },
        {
          about,
          text: router(`${name}(${MARK}`),
          word: '`',
          ask: 'signature',
          says: [description, `\`${parameters[0] ?? ''}\``],
          offers: [],
        },
      ];
      return asked;
    }),
  );
}

/** Where a router is read in each version of the rule language. */
const TRAEFIK = {
  v3: 'containers.new.config.services.traefik',
  v2: 'containers.old.config.services.traefik',
} as const;

/** Every row about an option. */
export const ALL_OPTIONS = [
  ...CONTAINER_OPTIONS,
  ...GUEST_OPTIONS,
  ...SERVICE_OPTIONS,
  ...SERVICE_DETAILS,
  ...GUEST_DETAILS,
  ...TRAEFIK_OPTIONS,
];

/** Every question, by the table whose entries it is about. */
export const QUESTIONS: Readonly<Record<string, () => Question[]>> = {
  'options of a container': () => atEverySpelling(CONTAINER_OPTIONS, [[]]),
  'options of a guest': () => atEverySpelling(GUEST_OPTIONS, ANYWHERE),
  'options of services': () => atEverySpelling(SERVICE_OPTIONS, ANYWHERE),
  'details of services': () => atEverySpelling(SERVICE_DETAILS, ANYWHERE),
  'details of guests': () => atEverySpelling(GUEST_DETAILS, ANYWHERE),
  'keys of Traefik': () => atEverySpelling(TRAEFIK_OPTIONS, ANYWHERE),
  'values of options': () => ALL_OPTIONS.flatMap((doc) => aboutValues(doc, [])),
  services: aboutServices,
  'former options': aboutFormer,
  capabilities: aboutCapabilities,
  'functions of lib': aboutFunctions,
  'matchers of rules': aboutMatchers,
};
