/** Texts of the kubeconfig and of credentials. */
import type { CauseTexts } from './cause-text.ts';
import { credentialPluginTexts } from './credential-plugins.ts';
import { credentialTexts } from './credentials.ts';
import { kubeconfigTexts } from './kubeconfigs.ts';

export const clientTexts: CauseTexts = { ...kubeconfigTexts, ...credentialPluginTexts, ...credentialTexts };
