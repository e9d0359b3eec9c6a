import type { Rule } from '../../../contract/rule.ts';

/** Kubernetes events and kubelet, containerd, Docker. */
export const CONTAINER_RULES: readonly Rule[] = [
  {
    id: 'k8s-node-not-ready',
    pattern: String.raw`\bNode \S+ status is now: NodeNotReady\b`,
    label: 'Critical Error',
    about: 'Kubernetes node is down',
  },
  {
    id: 'k8s-probe-failed',
    pattern: String.raw`\b(?:Liveness|Readiness|Startup) probe (?:failed|errored): `,
    label: 'Error',
    about: 'health probe failed',
  },
  {
    id: 'k8s-image-pull-failed',
    pattern: String.raw`\bFailed to pull image "[^"]+": |\bBack-off pulling image "|\bError: (?:ImagePullBackOff|ErrImagePull|InvalidImageName)\b`,
    label: 'Error',
    about: 'container image could not be pulled',
  },
  {
    id: 'k8s-mount-failed',
    pattern: String.raw`\b(?:MountVolume\.SetUp|MountVolume\.MountDevice|AttachVolume\.Attach) failed for volume "`,
    label: 'Error',
    about: 'volume could not be mounted',
  },
  {
    id: 'k8s-unschedulable',
    pattern: String.raw`\b0/[0-9]+ nodes are available: [0-9]+ Insufficient (?:cpu|memory|ephemeral-storage|nvidia\.com/gpu)\b`,
    label: 'Resource Usage',
    about: 'no node has room for a pod',
  },
  {
    id: 'k8s-node-pressure',
    pattern: String.raw`\bThe node was low on resource: (?:memory|ephemeral-storage|inodes|pids)\b|\bstatus is now: NodeHas(?:DiskPressure|InsufficientMemory|InsufficientPID)\b`,
    label: 'Resource Usage',
    about: 'node is short of memory or disk',
  },
  {
    id: 'k8s-node-healthy',
    pattern: String.raw`\bNode \S+ status is now: (?:NodeReady|NodeHasSufficientMemory|NodeHasNoDiskPressure|NodeHasSufficientPID)\b`,
    label: 'System Notification',
    about: 'Kubernetes node is healthy',
  },
  {
    id: 'k8s-scheduled',
    pattern: String.raw`\bSuccessfully assigned [a-z0-9.-]+/[a-z0-9.-]+ to [a-z0-9.-]+\s*$`,
    label: 'System Notification',
    about: 'pod was given a node',
  },
  {
    id: 'k8s-image-pulled',
    pattern: String.raw`\bSuccessfully pulled image "[^"]+"|\bContainer image "[^"]+" already present on machine\b|^Pulling image "[^"]+"\s*$`,
    label: 'System Notification',
    about: 'container image is there',
  },
  {
    id: 'k8s-container-started',
    pattern: String.raw`^(?:Created|Started) container:? [a-z0-9-]+\s*$|\b(?:StartContainer|CreateContainer|RunPodSandbox) (?:within sandbox "[0-9a-f]+" )?for (?:"[0-9a-f]+"|&(?:Pod|Container)\S*Metadata\{[^}]*\}) returns (?:successfully|container id|sandbox id)`,
    label: 'System Notification',
    about: 'container was created or started',
  },
  {
    id: 'k8s-scaled',
    pattern: String.raw`\bScaled (?:up|down) replica set \S+ (?:from [0-9]+ )?to [0-9]+`,
    label: 'System Notification',
    about: 'deployment changed its number of pods',
  },
  {
    id: 'docker-daemon-up',
    pattern: String.raw`\bDaemon has completed initialization\b|\bLoading containers: (?:start|done)\.|\bAPI listen on /\S+`,
    label: 'System Notification',
    about: 'Docker daemon started',
  },
];
