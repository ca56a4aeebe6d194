import type { Connection } from 'vscode-languageserver';
import type { Finding } from '../rules/rule';
import { Coalesced } from './coalesce';
import { DiagnosticReports } from './diagnostic-reports';
import { Documents } from './documents';
import type { Environment } from './environment';
import { answerEditRequests } from './edit-requests';
import { answerFeatureRequests } from './features';
import { Lifecycle } from './lifecycle';
import { describeError, Log } from './log';
import { ProjectFiles } from './project-files';
import { answerDiagnosticRequests } from './pulling';
import { DiagnosticPusher } from './pushing';
import { RequestGuard } from './request-guard';
import { Settings } from './settings';
import { Slice } from './slice';
import { readyStatus, StatusReporter } from './status';
import { Typing } from './typing';
import { Uris } from './uris';
import { onWatchedFiles } from './watched-files';

/** What another extension that serves Nix reports too. */
const SYNTAX_RULES: ReadonlySet<string> = new Set(['syntax-error', 'duplicate-attribute']);

/** Serves a client over a connection until it ends. The same for all environments. */
export function serve(connection: Connection, environment: Environment): void {
  const log = new Log(connection.console);
  const uris = new Uris();
  const documents = new Documents(uris, log);
  const files = new ProjectFiles(environment, uris, documents, log);
  const status = new StatusReporter(connection);
  const settings = new Settings();
  const lifecycle = new Lifecycle(connection, { files, uris, status, settings, log });
  const guard = new RequestGuard(lifecycle.ready, log);
  const reports = new DiagnosticReports((path) => uris.toUri(path));
  const pusher = new DiagnosticPusher(connection, reports, documents, uris);

  const analysis = new Coalesced(analyse);
  const slice = new Slice();
  const typing = new Typing(() => analysis.request());
  /** The files changed in editors since the last analysis: a client that pulls asks for those by itself. */
  const edited = new Set<string>();

  /** The files whose diagnostics changed and of which the client was not told yet. */
  const changed = new Set<string>();

  function bringUpToDate(): void {
    const now = files.analysis();
    if (now === null) return;
    const findings = now.findings.filter(({ file, rule }) =>
      SYNTAX_RULES.has(rule) ? settings.now.syntaxErrors : uris.inWorkspace(file),
    );
    const { files: read } = now.homelab;
    const isHalfTyped = typing.files.some((path) => read.parsed(path)?.isHalfTyped === true);
    // What half-typed text means for what follows it, and for other files, is often not what it will mean.
    const isHeld = ({ rule, incomplete, file }: Finding): boolean =>
      typing.isTyping(file) ? incomplete || (isHalfTyped && SYNTAX_RULES.has(rule)) : isHalfTyped;
    for (const path of reports.update(findings, read, isHeld)) changed.add(path);
    status.report(readyStatus(now.homelab));
  }

  function analyse(): void {
    if (!lifecycle.isReady) return;
    try {
      if (!files.advance(slice.start())) {
        // What has arrived in the meantime goes first.
        analysis.request();
        return;
      }
      slice.finish();
      bringUpToDate();
      if (lifecycle.profile.diagnostics === 'push') pusher.push([...changed]);
      else if ([...changed].some((path) => !edited.has(path))) lifecycle.refreshDiagnostics();
      changed.clear();
      edited.clear();
      refreshViewsAtRest();
    } catch (error) {
      log.failure('the analysis failed', error);
      status.report({ state: 'failed', message: describeError(error) });
    }
  }

  /** The state that code lenses, tokens and the like in the client are of. */
  let viewsOf: object | null = null;

  function refreshViewsAtRest(): void {
    const homelab = files.analysis()?.homelab ?? null;
    if (typing.isActive || homelab === null || homelab === viewsOf) return;
    viewsOf = homelab;
    lifecycle.refreshViews();
  }

  documents.listen(connection, {
    opened(path, text) {
      files.opened(path, text);
      pusher.respell(path);
      analysis.request();
    },
    changed(path, text) {
      files.changed(path, text);
      typing.typed(path);
      edited.add(path);
      analysis.request();
    },
    saved(path, text) {
      files.saved(path, text);
      typing.paused(path);
      analysis.request();
    },
    closed(path) {
      files.closed(path);
      typing.paused(path);
      analysis.request();
    },
  });
  onWatchedFiles(connection, uris, {
    changed(paths) {
      lifecycle.whenReady('reading changed files', async () => {
        await files.reread(paths);
        analysis.request();
      });
    },
    trackingChanged() {
      lifecycle.whenReady('reading what git tracks', async () => {
        await files.rereadRepositories();
        analysis.request();
      });
    },
  });
  settings.onChange(({ rules }) => {
    viewsOf = null;
    files.wish({ usual: rules });
    analysis.request();
  });
  settings.listen(connection);
  lifecycle.onFilesChanged(() => analysis.request());
  lifecycle.onEnd(() => {
    analysis.dispose();
    typing.dispose();
  });
  answerFeatureRequests(connection, {
    files,
    documents,
    uris,
    guard,
    settings,
    profile: () => lifecycle.profile,
  });
  answerEditRequests(connection, { files, documents, uris, guard });
  answerDiagnosticRequests(connection, {
    reports,
    documents,
    uris,
    guard,
    analyse: bringUpToDate,
  });
  connection.listen();
}
