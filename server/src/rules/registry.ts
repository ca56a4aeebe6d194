import { accessBypassed } from './access-bypassed';
import { accidentalContainer } from './accidental-container';
import { addressIsHostAddress } from './address-is-host-address';
import { addressTypo } from './address-typo';
import { ambiguousKind } from './ambiguous-kind';
import { backendOnLoopback } from './backend-on-loopback';
import { backendPortClosed } from './backend-port-closed';
import { backendPortMismatch } from './backend-port-mismatch';
import { backendSelf } from './backend-self';
import { backendStaleAddress } from './backend-stale-address';
import { backendToDisabledContainer } from './backend-to-disabled-container';
import { backendWrongContainer } from './backend-wrong-container';
import { bridgeAndHostAddress } from './bridge-and-host-address';
import { bridgePrefixMissing } from './bridge-prefix-missing';
import { containerSourceConflict } from './container-source-conflict';
import { deviceHalfConfigured } from './device-half-configured';
import { duplicateAddress } from './duplicate-address';
import { duplicateAttribute } from './duplicate-attribute';
import { duplicateForwardedPort } from './duplicate-forwarded-port';
import { duplicateHostRule } from './duplicate-host-rule';
import { duplicateImport } from './duplicate-import';
import { duplicateMountPoint } from './duplicate-mount-point';
import { emptyTraefikSection } from './empty-traefik-section';
import { entryPointClosed } from './entry-point-closed';
import { ephemeralState } from './ephemeral-state';
import { evaluationFailure } from './evaluation-failure';
import { forwardAuthUnreachable } from './forward-auth-unreachable';
import { forwardPortsIneffective } from './forward-ports-ineffective';
import { guestConfigShadowing } from './guest-config-shadowing';
import { guestDhcpConflict } from './guest-dhcp-conflict';
import { guestFirewallInert } from './guest-firewall-inert';
import { halfAddressPair } from './half-address-pair';
import { hostPortConflict } from './host-port-conflict';
import { inertNetworkOption } from './inert-network-option';
import { invalidAddress } from './invalid-address';
import { invalidContainerName } from './invalid-container-name';
import { invalidMac } from './invalid-mac';
import { invalidRule } from './invalid-rule';
import { invalidSettings } from './invalid-settings';
import { isolatedContainer } from './isolated-container';
import { loopbackDns } from './loopback-dns';
import { misplacedTraefikKey } from './misplaced-traefik-key';
import { missingArgument } from './missing-argument';
import { missingImport } from './missing-import';
import { missingNat } from './missing-nat';
import { missingRequiredOption } from './missing-required-option';
import { missingSecretMount } from './missing-secret-mount';
import { missingStateVersion } from './missing-state-version';
import { natWildcard } from './nat-wildcard';
import { networkNamespaceConflict } from './network-namespace-conflict';
import { notImported } from './not-imported';
import { optionTypeMismatch } from './option-type-mismatch';
import { overlappingPrivateUsers } from './overlapping-private-users';
import { plaintextSecret } from './plaintext-secret';
import { prefixInUrl } from './prefix-in-url';
import { publicAddress } from './public-address';
import { readOnlyState } from './read-only-state';
import { removedOption } from './removed-option';
import { renamedTraefikKey } from './renamed-traefik-key';
import { resolvedConflict } from './resolved-conflict';
import { restartWithoutAutoStart } from './restart-without-auto-start';
import { rewriteToWrongAddress } from './rewrite-to-wrong-address';
import { routeWithoutTls } from './route-without-tls';
import type { Rule } from './rule';
import { ruleV2Syntax } from './rule-v2-syntax';
import { secretInStore } from './secret-in-store';
import { staleContainerName } from './stale-container-name';
import { staleSecretMount } from './stale-secret-mount';
import { subnetOverlap } from './subnet-overlap';
import { syntaxError } from './syntax-error';
import { traefikKeyCaseConflict } from './traefik-key-case-conflict';
import { traefikTypeMismatch } from './traefik-type-mismatch';
import { trustedProxyMismatch } from './trusted-proxy-mismatch';
import { uncoveredHost } from './uncovered-host';
import { unknownCertResolver } from './unknown-cert-resolver';
import { unknownContainer } from './unknown-container';
import { unknownEntryPoint } from './unknown-entry-point';
import { unknownIgnore } from './unknown-ignore';
import { unknownInterface } from './unknown-interface';
import { unknownMiddleware } from './unknown-middleware';
import { unknownOption } from './unknown-option';
import { unknownSecret } from './unknown-secret';
import { unknownServersTransport } from './unknown-servers-transport';
import { unknownService } from './unknown-service';
import { unknownTlsOptions } from './unknown-tls-options';
import { unknownTraefikKey } from './unknown-traefik-key';
import { unmappedBindMount } from './unmapped-bind-mount';
import { unneededIgnore } from './unneeded-ignore';
import { unprotectedRoute } from './unprotected-route';
import { unreachableLink } from './unreachable-link';
import { unservedPort } from './unserved-port';
import { untrackedModule } from './untracked-module';
import { unusedMiddleware } from './unused-middleware';
import { unusedService } from './unused-service';

/** Every rule, by id in order. */
export const RULES: readonly Rule[] = [
  accessBypassed,
  accidentalContainer,
  addressIsHostAddress,
  addressTypo,
  ambiguousKind,
  backendOnLoopback,
  backendPortClosed,
  backendPortMismatch,
  backendSelf,
  backendStaleAddress,
  backendToDisabledContainer,
  backendWrongContainer,
  bridgeAndHostAddress,
  bridgePrefixMissing,
  containerSourceConflict,
  deviceHalfConfigured,
  duplicateAddress,
  duplicateAttribute,
  duplicateForwardedPort,
  duplicateHostRule,
  duplicateImport,
  duplicateMountPoint,
  emptyTraefikSection,
  entryPointClosed,
  ephemeralState,
  evaluationFailure,
  forwardAuthUnreachable,
  forwardPortsIneffective,
  guestConfigShadowing,
  guestDhcpConflict,
  guestFirewallInert,
  halfAddressPair,
  hostPortConflict,
  inertNetworkOption,
  invalidAddress,
  invalidContainerName,
  invalidMac,
  invalidRule,
  invalidSettings,
  isolatedContainer,
  loopbackDns,
  misplacedTraefikKey,
  missingArgument,
  missingImport,
  missingNat,
  missingRequiredOption,
  missingSecretMount,
  missingStateVersion,
  natWildcard,
  networkNamespaceConflict,
  notImported,
  optionTypeMismatch,
  overlappingPrivateUsers,
  plaintextSecret,
  prefixInUrl,
  publicAddress,
  readOnlyState,
  removedOption,
  renamedTraefikKey,
  resolvedConflict,
  restartWithoutAutoStart,
  rewriteToWrongAddress,
  routeWithoutTls,
  ruleV2Syntax,
  secretInStore,
  staleContainerName,
  staleSecretMount,
  subnetOverlap,
  syntaxError,
  traefikKeyCaseConflict,
  traefikTypeMismatch,
  trustedProxyMismatch,
  uncoveredHost,
  unknownCertResolver,
  unknownContainer,
  unknownEntryPoint,
  unknownIgnore,
  unknownInterface,
  unknownMiddleware,
  unknownOption,
  unknownSecret,
  unknownServersTransport,
  unknownService,
  unknownTlsOptions,
  unknownTraefikKey,
  unmappedBindMount,
  unneededIgnore,
  unprotectedRoute,
  unreachableLink,
  unservedPort,
  untrackedModule,
  unusedMiddleware,
  unusedService,
];
