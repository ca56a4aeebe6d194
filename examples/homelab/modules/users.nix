{ username, config, ... }:
{
  age.secrets.login_password.file = ../secrets/login_password.age;

  users = {
    mutableUsers = false;

    users.${username} = {
      isNormalUser = true;
      extraGroups = [ "wheel" ];
      hashedPasswordFile = config.age.secrets.login_password.path;
      openssh.authorizedKeys.keys = [
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAINW7l8d8bmvj69RlgUemyQjOSkZUV6rWfHkxX/jyFNLX"
      ];
    };
  };
}
