/** Titles of the families of causes, by their ids. */
export const familyTitles: Readonly<Record<string, string>> = {
	client: 'Kubeconfig and credentials',
	network: 'The way to the API server',
	rancher: 'Rancher’s front',
	authorization: 'What this user may read',
	registration: 'The API group and its APIService',
	aggregation: 'From the API server to metrics-server',
	workload: 'metrics-server itself',
	kubelet: 'From metrics-server to the kubelets',
	'kubelet-data': 'What the kubelets report',
	partial: 'Single numbers that are missing',
	consumers: 'Others who read the same API',
};
