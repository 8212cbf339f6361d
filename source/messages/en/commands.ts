/** What the commands say by themselves. */

export function demoReady(url: string, kubeconfig: string): string {
	return `The demo cluster answers at ${url} until this is interrupted.\nIn another terminal:\n  export KUBECONFIG=${kubeconfig}\n  kubectl top pod -A\n`;
}
