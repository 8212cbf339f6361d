/** The tools that people have open in another window, and what each would say. */
import type { Claim, ToolId } from '../model/ledger.ts';
import { cadvisorUsage, podCgroup, prometheusCpu, prometheusRss, prometheusWorkingSet } from './claims/cadvisor.ts';
import type { ClaimMaker } from './claims/claim.ts';
import { crictlStats } from './claims/crictl-stats.ts';
import { dockerStats, dockerStats1705, dockerStats1706 } from './claims/docker.ts';
import { free, freeBefore, topOnHost } from './claims/host-memory.ts';
import { hpa } from './claims/hpa.ts';
import { kubectlTopNode } from './claims/kubectl-top-node.ts';
import { kubectlTopPod } from './claims/kubectl-top-pod.ts';
import { podmanStats } from './claims/podman-stats.ts';
import { busyboxTop, psInContainer, topInContainer } from './claims/processes.ts';
import { rawUsage } from './claims/raw-usage.ts';
import type { Context } from './context.ts';

/** In the order in which they are shown. */
export const claimMakers: readonly ClaimMaker[] = [
	kubectlTopPod,
	kubectlTopNode,
	hpa,
	podCgroup,
	dockerStats,
	dockerStats1706,
	dockerStats1705,
	crictlStats,
	podmanStats,
	topInContainer,
	psInContainer,
	busyboxTop,
	free,
	freeBefore,
	topOnHost,
	cadvisorUsage,
	prometheusWorkingSet,
	prometheusRss,
	prometheusCpu,
	rawUsage,
];

function isEmpty(claim: Claim): boolean {
	return Number.isNaN(claim.value) && claim.needs === '';
}

/** All that can be said of the subject, memory first; what needs more readings says so. */
export function makeClaims(context: Context): readonly Claim[] {
	const claims: Claim[] = [];
	for (const of of ['memory', 'cpu'] as const) {
		for (const maker of claimMakers) {
			const statement = maker.kinds.includes(context.kind) ? maker[of]?.(context) : undefined;
			if (statement !== undefined) {
				claims.push({ tool: maker.tool, of, ...statement });
			}
		}
	}
	return claims.filter((claim) => !isEmpty(claim));
}

/** The claim of a tool, if it has a value. */
export function claimOf(claims: readonly Claim[], tool: ToolId, of: 'memory' | 'cpu'): Claim | undefined {
	return claims.find((claim) => claim.tool === tool && claim.of === of && !Number.isNaN(claim.value));
}
