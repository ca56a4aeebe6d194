let
  hostKey = "/persist/etc/ssh/ssh_host_ed25519_key";
in
{
  services.openssh = {
    enable = true;

    # On the persistent disk: the same key decrypts the secrets, here and in the
    # containers that mount it.
    hostKeys = [{ path = hostKey; type = "ed25519"; }];

    settings = {
      PermitRootLogin = "no";
      PasswordAuthentication = false;
      KbdInteractiveAuthentication = false;
    };
  };

  age.identityPaths = [ hostKey ];
}
