import {
  hostPortProblem,
  nameProblem,
  portProblem,
  subdomainProblem,
  targetFor,
  type ContainerRequest,
} from '../edits/container-request';
import { domainSources } from '../edits/domain-source';
import { isEditProblem, type EditProblem } from '../edits/edit-plan';
import { knownService } from '../edits/guest-service';
import { planNewContainer } from '../edits/new-container';
import type { Parse } from '../edits/overlay';
import { autheliaMiddleware, proxyOf } from '../edits/proxy';
import type { Homelab } from '../homelab/homelab';
import { plannedEdit, type PlannedEdit, type PlanStyle } from './planned-edit';

/** What a new container can be asked about. */
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

/** What there is to choose for a new container, before anything is asked. */
export function containerChoices(homelab: Homelab, host: string | null): ContainerChoices | EditProblem {
  const target = targetFor(homelab, host);
  if (isEditProblem(target))
    return target.choices === undefined || target.choices.length < 2
      ? target
      : { hosts: target.choices, hasProxy: false, domain: null, authelia: null };
  const proxy = proxyOf(target.host);
  const hasProxy = !('none' in proxy);
  return {
    hosts: [],
    hasProxy,
    domain: domainSources(homelab.files, target.host)[0]?.domain ?? null,
    authelia: hasProxy ? autheliaMiddleware(target.host, proxy) : null,
  };
}

/** One answer, as it is being typed. */
export interface ContainerAnswer {
  readonly field: 'name' | 'port' | 'subdomain' | 'hostPort';
  readonly value: string;
  readonly host: string | null;
}

/** What is wrong with an answer, in a sentence; null when it will do. */
export function answerProblem(homelab: Homelab, { field, value, host }: ContainerAnswer): string | null {
  const target = targetFor(homelab, host);
  if (isEditProblem(target)) return target.problem;
  switch (field) {
    case 'name':
      return nameProblem(homelab, target, value);
    case 'port':
      return portProblem(value);
    case 'hostPort':
      return portProblem(value) ?? hostPortProblem(target, Number(value));
    case 'subdomain':
      return subdomainProblem(homelab, target, value);
  }
}

/** The port on which the service of a container's name listens by itself; null where that is not known. */
export function usualPort(name: string): number | null {
  return knownService(name)?.port.default ?? null;
}

/** The edit that adds a container. */
export function addContainer(
  homelab: Homelab,
  request: ContainerRequest,
  parse: Parse,
  style: PlanStyle,
): PlannedEdit | EditProblem {
  const plan = planNewContainer(homelab, request, parse);
  if (isEditProblem(plan)) return plan;
  return (
    plannedEdit(homelab.files, plan, style) ?? { problem: 'The files have changed meanwhile. Try again.' }
  );
}
