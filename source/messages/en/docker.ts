/** What people read when the Docker Engine cannot be reached or does not answer as one. All that is passed in is clean. */

/** Which engine was talked to, and what said so. */
export interface DockerAddress {
	/** `unix:///var/run/docker.sock`, `tcp://build-1:2376` */
	host: string;
	origin: DockerAddressOrigin;
}

/** `DOCKER_HOST`, `context "colima"`, or '' for docker's default. */
export type DockerAddressOrigin = string;

function whence({ origin }: DockerAddress): string {
	return origin === ''
		? 'That is the default address of docker; DOCKER_HOST names another.'
		: `The address comes from ${origin}.`;
}

export const dockerOrigins = {
	environment: 'DOCKER_HOST',
	context: (name: string) => `docker's context "${name}"`,
} as const;

export const dockerConfiguration = {
	scheme: (host: string) =>
		`${host} is not an address of a Docker Engine.\nWrite DOCKER_HOST as unix:///path/of/docker.sock or tcp://name:port.`,
	ssh: (host: string) =>
		`${host} is not an address of a Docker Engine over ssh.\nWrite ssh://USER@MACHINE or ssh://USER@MACHINE:PORT, without a password: ssh's own keys and configuration decide.`,
	namedPipe: (host: string) =>
		`${host} is a named pipe of Windows; whytop reads cgroups, which only Linux has.\nRun whytop where the Linux containers run (inside WSL, for Docker Desktop), or set DOCKER_HOST to tcp://name:port.`,
	noContext: (name: string, file: string) =>
		`docker's context "${name}" is not known here: ${file} cannot be read.\nList the contexts by "docker context ls", or set DOCKER_HOST.`,
	noAddress: (name: string) =>
		`docker's context "${name}" has no address of a Docker Engine.\nSet DOCKER_HOST, or choose another by "docker context use".`,
	noCertificate: (file: string, reason: string) =>
		`The certificate file ${file} for the Docker Engine cannot be read (${reason}).\nDOCKER_TLS_VERIFY asks for TLS; DOCKER_CERT_PATH names the folder of ca.pem, cert.pem and key.pem.`,
} as const;

export const dockerConnection = {
	denied: (address: DockerAddress) =>
		`No permission to talk to the Docker Engine at ${address.host}.\nIts socket is for root and the group of the socket, mostly "docker". Run whytop by sudo, or join the group: sudo usermod -aG docker "$USER", then log in again (who is in it is as good as root).`,
	noSocket: (address: DockerAddress) =>
		`There is no Docker Engine at ${address.host}: the socket does not exist.\n${whence(address)}\nIs Docker installed and running here ("docker info")?`,
	refused: (address: DockerAddress) =>
		`Nothing listens at ${address.host}: the Docker Engine is not running.\n${whence(address)}\nStart it ("systemctl start docker"), or set DOCKER_HOST.`,
	unknownName: (address: DockerAddress) => `The name in ${address.host} is not known here.\n${whence(address)}`,
	silent: (address: DockerAddress, ms: number) =>
		`The Docker Engine at ${address.host} took the connection and said nothing for ${ms / 1000} s.\nIt hangs, or something else listens there. "docker info" would hang too; the engine's log says why.`,
	notConnected: (address: DockerAddress, ms: number) =>
		`No connection to the Docker Engine at ${address.host} within ${ms / 1000} s.\n${whence(address)}`,
	closed: (address: DockerAddress) =>
		`The Docker Engine at ${address.host} closed the connection before its answer was complete.\nIt may just have been restarted.`,
	certificate: (address: DockerAddress, reason: string) =>
		`The certificate of the Docker Engine at ${address.host} is not accepted: ${reason}.\nca.pem in DOCKER_CERT_PATH must be the one that signed it, and the name must be in it.`,
	ownCertificate: (address: DockerAddress, reason: string) =>
		`The Docker Engine at ${address.host} does not accept our certificate: ${reason}.\ncert.pem and key.pem in DOCKER_CERT_PATH must be signed by an authority that the engine trusts.`,
	other: (address: DockerAddress, reason: string) =>
		`The Docker Engine at ${address.host} cannot be reached: ${reason}.\n${whence(address)}`,
} as const;

export const dockerSsh = {
	notStarted: (address: DockerAddress, code: string) =>
		code === 'ENOENT'
			? `${address.host} needs the program ssh, which is not found here.\nInstall it (openssh-client), or set DOCKER_HOST.`
			: `${address.host}: the program ssh cannot be started (${code}).`,
	notLetIn: (address: DockerAddress, login: string, said: string) =>
		`ssh was not let in at ${address.host}: ${said}\nwhytop never asks for a password or passphrase. Load the key first (ssh-add), so that "ssh -o BatchMode=yes ${login}" works.`,
	unknownKey: (address: DockerAddress, login: string) =>
		`ssh does not know the key of the machine at ${address.host}, or it has changed.\nConnect once by "ssh ${login}" and look at what it asks.`,
	noDocker: (address: DockerAddress, said: string) =>
		`There is no docker program on the machine at ${address.host}: ${said}\nIt is needed there to reach the engine ("docker system dial-stdio", since 18.09).`,
	socketDenied: (address: DockerAddress, login: string, said: string) =>
		`No permission to talk to the Docker Engine at ${address.host}: ${said}\nWho logs in (ssh ${login}) must be in the group "docker" there, or be root.`,
	failed: (address: DockerAddress, login: string, said: string) =>
		`ssh does not reach the Docker Engine at ${address.host}${said === '' ? '' : `: ${said}`}\nDoes "ssh ${login} docker version" work?`,
	noEngine: (address: DockerAddress, login: string, said: string) =>
		`The machine at ${address.host} does not give a connection to its Docker Engine${said === '' ? '' : `: ${said}`}\nDoes "ssh ${login} docker version" work?`,
	silent: (address: DockerAddress, ms: number) =>
		`Nothing came from ${address.host} for ${ms / 1000} s: ssh does not connect, or the Docker Engine there hangs.\n"ssh" and "docker info" there would hang too.`,
} as const;

export const dockerAnswer = {
	notDocker: (address: DockerAddress) => `What answers at ${address.host} is not a Docker Engine.\n${whence(address)}`,
	unreadable: (address: DockerAddress) =>
		`The answer of ${address.host} cannot be read: it is not that of a Docker Engine, or was cut off on its way.\n${whence(address)}`,
	tooLong: (address: DockerAddress) => `The answer of ${address.host} is longer than any of a Docker Engine's.`,
	noContainer: (container: string) =>
		`The Docker Engine has no container ${container}.\nIt may have been removed just now; "docker ps -a" lists all.`,
	refused: (address: DockerAddress, status: number, message: string) =>
		`The Docker Engine at ${address.host} answered ${status}${message === '' ? '' : `: ${message}`}.`,
	wantsTls: (address: DockerAddress) =>
		`The Docker Engine at ${address.host} wants TLS.\nSet DOCKER_TLS_VERIFY=1, and DOCKER_CERT_PATH to the folder of ca.pem, cert.pem and key.pem.`,
	notRunning: (container: string, state: string) =>
		`The container ${container} does not run (${state}): there is nothing to measure.\nStart it by "docker start ${container}".`,
	ended: (container: string) => `The container ${container} ended while it was measured.`,
} as const;
