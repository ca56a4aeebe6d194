import { testRule } from '../../../test/engine/rule-suite';
import { accessBypassed } from './access-bypassed';

/** An Authelia behind a Traefik, with rules of its own. */
const authelia = (control: string, more = ''): string => `
#- /authelia.nix
{ config, inputs, ... }: let domain = "example.org"; in {
  containers.traefik.config.services.traefik = {
    enable = true;
    staticConfigOptions.entryPoints.websecure = { address = ":443"; ${more} };
    dynamicConfigOptions.http.middlewares = {
      authelia.forwardAuth.address = "http://\${config.containers.authelia.localAddress}:9091/api/authz/forward-auth";
      secure.chain.middlewares = [ "headers" "authelia@file" ];
      headers.headers.frameDeny = true;
    };
  };
  containers.authelia = {
    privateNetwork = true; hostAddress = "10.0.0.8"; localAddress = "10.0.0.9";
    config = {
      networking.firewall.allowedTCPPorts = [ 9091 ];
      services.authelia.instances.main.settings.access_control = { ${control} };
    };
  };
}
`;

const ROUTES = (photos: string, mark: string): string => `#- /routes.nix
{ ... }: {
  containers.traefik.config.services.traefik.dynamicConfigOptions.http.routers = {
    photos = { rule = "Host(\`photos.example.org\`)"; service = "noop@internal"; middlewares = ${photos}; };
${mark}    wiki = { rule = "Host(\`wiki.example.org\`)"; service = "noop@internal"; middlewares = [ "authelia" ]; };
  };
}
`;

const RULES =
  'rules = [ { domain = [ "auth.${domain}" "photos.${domain}" ]; policy = "bypass"; } { domain = "*." + domain; policy = "one_factor"; } ];';

testRule(accessBypassed, {
  finds: {
    'a host that Authelia lets everybody into': `${authelia(RULES)}${ROUTES(
      '[ "headers" "authelia" ]',
      `#                                                                                                        ^^^^^^^^^^ information access-bypassed
`,
    )}`,
    'through a chain': `${authelia(RULES)}${ROUTES(
      '[ "secure" ]',
      `#                                                                                              ^^^^^^^^ information access-bypassed
`,
    )}`,
  },
  silent: {
    'no middleware, or one that asks nobody': `${authelia(RULES)}${ROUTES('[ ]', '')}${ROUTES('[ "headers" ]', '').replace('/routes', '/more').replace('photos = ', 'photos2 = ').replace('wiki = ', 'wiki2 = ')}`,
    'a rule that holds for a part only': `${authelia(RULES.replace('policy = "bypass"', 'policy = "bypass"; resources = [ "^/api" ]'))}${ROUTES('[ "authelia" ]', '')}`,
    'rules that are not known': `${authelia('rules = inputs.presets.rules;')}${ROUTES('[ "authelia" ]', '')}`,
    'the middleware of the entry point, which all routers have': `${authelia(RULES, 'http.middlewares = [ "authelia@file" ];')}${ROUTES('[ "authelia" ]', '')}`,
    'a host that Authelia asks about': `${authelia('default_policy = "two_factor";')}${ROUTES('[ "authelia" ]', '')}`,
  },
  says: {
    'where the rule stands': {
      fixture: `${authelia(RULES)}${ROUTES('[ "authelia" ]', '')}`,
      message: /authelia asks nobody who comes to photos\.example\.org: .*\(authelia\.nix:15\)/,
    },
  },
});
