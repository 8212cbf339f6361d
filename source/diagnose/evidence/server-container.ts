/** Which of a pod's containers serves the metrics API, and what it was told. Pure. */
import type { ContainerFacts, PodFacts } from './objects.ts';

/** The one with metrics-server's image or name, else the first. */
export function serverOf({ containers }: Pick<PodFacts, 'containers'>): ContainerFacts | undefined {
	return containers.find(({ image, name }) => /metrics-server/.test(`${name} ${image}`)) ?? containers[0];
}

/** The value of a flag, as `--flag=value` or `--flag value`; undefined if it is not given. */
export function flagOf({ args, command }: Pick<ContainerFacts, 'args' | 'command'>, flag: string): string | undefined {
	const words = [...command, ...args];
	const index = words.findLastIndex((word) => word === flag || word.startsWith(`${flag}=`));
	const word = words[index];
	return word === undefined ? undefined : word === flag ? words[index + 1] : word.slice(flag.length + 1);
}

/** Its minor release: 6 for `…/metrics-server:v0.6.4`; NaN if the image does not say. */
export function releaseOf({ image }: Pick<ContainerFacts, 'image'>): number {
	return Number(/metrics-server[^:]*:v?0\.(\d+)/.exec(image)?.[1] ?? Number.NaN);
}
