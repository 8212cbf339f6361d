/**
 * Docker's contexts, as its CLI stores them: `config.json` names the current one, `contexts/meta/HASH/meta.json` holds its
 * address, `contexts/tls/HASH/docker/` its certificates, HASH being SHA-256 of the name (docker/cli, cli/context/store).
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dockerConfiguration } from '../../messages/en/docker.ts';
import { clean } from '../../model/clean.ts';
import { contextTls, type DockerTls } from './certificates.ts';
import { dockerFolder, type Environment } from './environment.ts';
import { DockerError } from './errors.ts';

export interface DockerContext {
	name: string;
	host: string;
	tls: DockerTls | null;
}

interface Metadata {
	Endpoints?: { docker?: { Host?: unknown; SkipTLSVerify?: unknown } };
}

/** The context that is in use, null for the default one. */
export function currentContext(environment: Environment): DockerContext | null {
	const folder = dockerFolder(environment);
	const name = environment['DOCKER_CONTEXT'] || configuredContext(folder);
	if (name === '' || name === 'default') {
		return null;
	}
	const hash = createHash('sha256').update(name).digest('hex');
	const file = join(folder, 'contexts', 'meta', hash, 'meta.json');
	let metadata: Metadata;
	try {
		metadata = JSON.parse(readFileSync(file, 'utf8')) as Metadata;
	} catch {
		throw new DockerError('configuration', dockerConfiguration.noContext(clean(name), clean(file)));
	}
	const endpoint = metadata?.Endpoints?.docker;
	if (typeof endpoint?.Host !== 'string' || endpoint.Host === '') {
		throw new DockerError('configuration', dockerConfiguration.noAddress(clean(name)));
	}
	return {
		name: clean(name),
		host: endpoint.Host,
		tls: contextTls(join(folder, 'contexts', 'tls', hash, 'docker'), endpoint.SkipTLSVerify !== true),
	};
}

/** '' if none is chosen. A `config.json` that cannot be read chooses none: the CLI only warns of it. */
function configuredContext(folder: string): string {
	try {
		const configuration = JSON.parse(readFileSync(join(folder, 'config.json'), 'utf8')) as { currentContext?: unknown };
		return typeof configuration?.currentContext === 'string' ? configuration.currentContext : '';
	} catch {
		return '';
	}
}
