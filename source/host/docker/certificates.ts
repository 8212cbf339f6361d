/** The certificates by which a Docker Engine that listens on TCP and its client know each other. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dockerConfiguration } from '../../messages/en/docker.ts';
import { clean } from '../../model/clean.ts';
import { dockerFolder, type Environment } from './environment.ts';
import { DockerError } from './errors.ts';

export interface DockerTls {
	ca: Buffer | undefined;
	certificate: Buffer | undefined;
	key: Buffer | undefined;
	/** False if the user asked for TLS without a look at the engine's certificate (DOCKER_TLS). */
	verify: boolean;
}

/** As docker's CLI: DOCKER_TLS_VERIFY or DOCKER_TLS, whatever their value, ask for TLS; DOCKER_CERT_PATH alone does not. */
export function environmentTls(environment: Environment): DockerTls | null {
	const verify = (environment['DOCKER_TLS_VERIFY'] ?? '') !== '';
	if (!verify && (environment['DOCKER_TLS'] ?? '') === '') {
		return null;
	}
	const folder = environment['DOCKER_CERT_PATH'] || dockerFolder(environment);
	return {
		ca: verify ? certificateFile(join(folder, 'ca.pem'), true) : undefined,
		certificate: certificateFile(join(folder, 'cert.pem'), false),
		key: certificateFile(join(folder, 'key.pem'), false),
		verify,
	};
}

/** The certificates in a context's folder; null if there are none and the engine is not to be trusted blindly. */
export function contextTls(folder: string, verify: boolean): DockerTls | null {
	const ca = certificateFile(join(folder, 'ca.pem'), false);
	const certificate = certificateFile(join(folder, 'cert.pem'), false);
	const key = certificateFile(join(folder, 'key.pem'), false);
	const none = ca === undefined && certificate === undefined && key === undefined;
	return none && verify ? null : { ca, certificate, key, verify };
}

function certificateFile(file: string, needed: boolean): Buffer | undefined {
	try {
		return readFileSync(file);
	} catch (error) {
		const code = (error as NodeJS.ErrnoException).code ?? '';
		if (code === 'ENOENT' && !needed) {
			return undefined;
		}
		throw new DockerError('configuration', dockerConfiguration.noCertificate(clean(file), code));
	}
}
