/** What the server and our own client say to each other beyond LSP. Types only: the client imports nothing else. */

import type { Position, Range, WorkspaceEdit } from 'vscode-languageserver-types';
import type { RuleLevels } from '../rules/settings/levels';

/** What a client may tell in `initialize`. Clients other than ours tell nothing of it. */
export interface InitializationOptions extends Partial<ServerSettings> {
  /** The client wants diagnostics pushed, for files that are not open too, although it could pull them. */
  readonly pushDiagnostics?: boolean;
  /** The client has the command `nixosContainers.open`, which code lenses use to open a place. */
  readonly opensPlaces?: boolean;
  /** The client knows our own names for what semantic tokens are: containers, routers, and so on. */
  readonly namesTokens?: boolean;
  /** The client shows what takes no effect: it asks `nixosContainers/disabledCode`, and is told when that may differ. */
  readonly showsDisabledCode?: boolean;
  /** The client shows `nixosContainers/status`. */
  readonly statusNotifications?: boolean;
  /** The WebAssembly binaries, where the server has no disk to read them from. */
  readonly binaries?: { readonly runtime: Uint8Array; readonly grammar: Uint8Array };
}

/** What a client may want of the server, and may want otherwise later. Where nothing is said, all of it is on, and rules are as they come. */
export interface ServerSettings {
  /** Whether syntax errors are reported: another that serves Nix may do that. */
  readonly syntaxErrors: boolean;
  /** Whether plain Nix has hovers: values of expressions outside containers and Traefik's configuration. */
  readonly nixHovers: boolean;
  /** Whether there are semantic tokens: an editor takes those of one server only, and another may know more of Nix. */
  readonly semanticTokens: boolean;
  /** How the findings of rules count, where no `.nixos-containers.json` says otherwise. */
  readonly rules: RuleLevels;
}

/** The settings that `workspace/didChangeConfiguration` carries. */
export interface ChangedSettings {
  readonly 'nixos-containers': Partial<ServerSettings>;
}

/** What the server is doing, and what it found. */
export type ServerStatus =
  | { readonly state: 'busy' }
  | {
      readonly state: 'ready';
      readonly hosts: number;
      /** Without those that no host imports. */
      readonly containers: number;
      readonly disabledContainers: number;
    }
  | { readonly state: 'failed'; readonly message: string };

/** Asks for what is at an address and below it. */
export interface ReadTreeParams {
  readonly uri: string;
  /** Names of folders that are not entered. */
  readonly skippedFolders: readonly string[];
  /** A regular expression: of files whose name matches it the content is wanted too. */
  readonly wantedNames: string;
  /** Larger files are not read. */
  readonly maxBytes: number;
  /** More files than this are not listed. */
  readonly maxFiles: number;
}

export interface ReadTreeResult {
  /** The file itself, or the files of the folder; empty when there is nothing. Links to folders are not followed. */
  readonly files: readonly ClientFile[];
  /** Whether there are more files than these. */
  readonly truncated: boolean;
}

export interface ClientFile {
  readonly uri: string;
  /** Null when it is not wanted, too large or not readable. */
  readonly bytes: Uint8Array | null;
  /** Null when it is not known. */
  readonly size: number | null;
}

/** What the server sends unasked. */
export interface ServerNotifications {
  'nixosContainers/status': ServerStatus;
  /** What takes no effect may not be what it was. */
  'nixosContainers/disabledCodeChanged': Record<string, never>;
}

/** What the server asks its client, where it has no disk. */
export interface ServerRequests {
  'nixosContainers/readTree': { readonly params: ReadTreeParams; readonly result: ReadTreeResult };
}

/** Why something cannot be done, in sentences for a person. */
export interface Refusal {
  readonly problem: string;
  /** The hosts to choose from, where the request has to name one. */
  readonly choices?: readonly string[];
  /** A line to add by hand. */
  readonly copy?: string;
  /** Where to add it, or what the problem speaks of. */
  readonly place?: { readonly uri: string; readonly position: Position };
}

/** An edit to apply in one go, what to show then, and what to tell. */
export interface PlannedEdit {
  readonly edit: WorkspaceEdit;
  readonly open: { readonly uri: string; readonly position: Position };
  readonly notes: readonly string[];
}

/** What there is to choose for a new container. */
export interface ContainerChoices {
  /** The hosts to choose from; empty where it is plain which one it is. */
  readonly hosts: readonly string[];
  /** Whether a route can be written for it. */
  readonly hasProxy: boolean;
  /** What a subdomain stands before; null where it is not known. */
  readonly domain: string | null;
  /** The middleware that asks Authelia; null where there is none. */
  readonly authelia: string | null;
}

/** One answer about a new container, as it is being typed. */
export interface ContainerAnswer {
  readonly field: 'name' | 'port' | 'subdomain' | 'hostPort';
  readonly value: string;
  readonly host: string | null;
}

export interface AnswerCheck {
  /** What is wrong, in a sentence; null when it will do. */
  readonly problem: string | null;
  /** For a name: the port on which the service of that name listens; null where it is not known. */
  readonly usualPort: number | null;
}

/** A new container, completely answered. */
export interface NewContainer {
  readonly name: string;
  readonly port: number;
  readonly subdomain: string | null;
  readonly authelia: boolean;
  readonly network: 'private' | 'host';
  readonly host: string | null;
}

/** Asks what of a file takes no effect. */
export interface DisabledCodeParams {
  readonly uri: string;
}

/** Where a cursor is. */
export interface CursorPlace {
  readonly uri: string;
  readonly position: Position;
}

/** A place that a person may go to. */
export interface NavigationTarget {
  readonly label: string;
  /** More words for a list to choose from. */
  readonly description: string;
  readonly uri: string;
  readonly range: Range;
}

/** Where to go; where there is nowhere to, why, in a sentence. */
export interface NavigationAnswer {
  readonly targets: readonly NavigationTarget[];
  readonly message?: string;
}

/** The argument of the command `nixosContainers.open`. */
export interface OpenArgument {
  readonly uri: string;
  readonly range: Range;
}

/** What our client asks beyond LSP. */
export interface ClientRequests {
  /** The Traefik routes of the container that the cursor is in. */
  'nixosContainers/routeTargets': { readonly params: CursorPlace; readonly result: NavigationAnswer };
  /** The container that the route, the reference or the import at the cursor leads to. */
  'nixosContainers/containerTargets': { readonly params: CursorPlace; readonly result: NavigationAnswer };
  'nixosContainers/disabledCode': { readonly params: DisabledCodeParams; readonly result: readonly Range[] };
  'nixosContainers/containerChoices': {
    readonly params: { readonly host: string | null };
    readonly result: ContainerChoices | Refusal;
  };
  'nixosContainers/checkAnswer': { readonly params: ContainerAnswer; readonly result: AnswerCheck };
  'nixosContainers/addContainer': { readonly params: NewContainer; readonly result: PlannedEdit | Refusal };
  'nixosContainers/flakeImport': {
    readonly params: { readonly uri: string; readonly host: string | null };
    readonly result: PlannedEdit | Refusal;
  };
}
