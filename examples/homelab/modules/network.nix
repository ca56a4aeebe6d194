{ hostname, ... }:
let
  interface = "enp3s0";
  address = "192.168.1.20";
in
{
  # AdGuard has port 53 to itself.
  services.resolved.enable = false;

  networking = {
    hostName = hostname;
    useDHCP = false;
    enableIPv6 = false;

    interfaces.${interface}.ipv4.addresses = [{
      inherit address;
      prefixLength = 24;
    }];

    defaultGateway = {
      address = "192.168.1.1";
      inherit interface;
    };

    # AdGuard first, by an address that the guests reach as well.
    nameservers = [ address "9.9.9.9" ];

    # The way out for guests with a private network.
    nat = {
      enable = true;
      externalInterface = interface;
      internalInterfaces = [ "ve-+" ];
    };

    firewall = {
      enable = true;
      allowedTCPPorts = [ 53 80 443 ];
      allowedUDPPorts = [ 53 ];
    };
  };
}
