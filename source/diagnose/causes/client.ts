/** The kubeconfig, and who it says we are: what stands on this machine, and what the API server makes of it. */
import type { Cause } from '../cause.ts';
import { credentialPluginCauses } from './credential-plugins.ts';
import { credentialCauses } from './credentials.ts';
import { kubeconfigCauses } from './kubeconfigs.ts';

export const clientCauses: readonly Cause[] = [...kubeconfigCauses, ...credentialPluginCauses, ...credentialCauses];
