import type { LinesById } from './rule-lines.ts';

export const CONTAINER_LINES: LinesById = {
  'k8s-node-not-ready': {
    matches: ['Node worker-3 status is now: NodeNotReady', 'Normal NodeNotReady node/ip-10-0-0-9 Node ip-10-0-0-9 status is now: NodeNotReady'],
    misses: ['Node worker-3 status is now: NodeReady', 'Node is not ready yet'],
  },
  'k8s-probe-failed': {
    matches: ['Liveness probe failed: HTTP probe failed with statuscode: 500', 'Readiness probe failed: dial tcp 10.1.0.9:8080: connect: connection refused'],
    misses: ['Liveness probe configured: /healthz', 'Readiness probe succeeded'],
  },
  'k8s-image-pull-failed': {
    matches: ['Failed to pull image "acme/api:v9": rpc error: code = NotFound', 'Back-off pulling image "acme/api:v9"', 'Error: ImagePullBackOff'],
    misses: ['Pulling image "acme/api:v9"', 'Successfully pulled image "acme/api:v9" in 2s'],
  },
  'k8s-mount-failed': {
    matches: ['MountVolume.SetUp failed for volume "data" : secret "x" not found', 'AttachVolume.Attach failed for volume "pvc-1" : rpc error'],
    misses: ['MountVolume.SetUp succeeded for volume "data"', 'AttachVolume.Attach started for volume "pvc-1"'],
  },
  'k8s-unschedulable': {
    matches: ['0/3 nodes are available: 3 Insufficient cpu.', '0/12 nodes are available: 12 Insufficient memory. preemption: 0/12 nodes are available'],
    misses: ['0/3 nodes are available: 3 node(s) had untolerated taint {x: y}.', '3/3 nodes are available'],
  },
  'k8s-node-pressure': {
    matches: ['The node was low on resource: memory. Threshold quantity: 100Mi, available: 40Mi.', 'Node worker-3 status is now: NodeHasDiskPressure'],
    misses: ['Node worker-3 status is now: NodeHasNoDiskPressure', 'The node was low on staff'],
  },
  'k8s-node-healthy': {
    matches: ['Node worker-3 status is now: NodeReady', 'Node worker-3 status is now: NodeHasSufficientMemory'],
    misses: ['Node worker-3 status is now: NodeNotReady', 'Node worker-3 status is now: NodeHasInsufficientMemory'],
  },
  'k8s-scheduled': {
    matches: ['Successfully assigned prod/api-7d9f to worker-3', 'Normal Scheduled Successfully assigned default/web-0 to ip-10-0-0-9.internal'],
    misses: ['Successfully assigned ticket 7 to Mia Jones', '0/3 nodes are available: pod not assigned'],
  },
  'k8s-image-pulled': {
    matches: ['Successfully pulled image "acme/api:v9" in 2.1s (2.1s including waiting)', 'Container image "redis:7" already present on machine', 'Pulling image "redis:7"'],
    misses: ['Back-off pulling image "acme/api:v9"', 'Failed to pull image "acme/api:v9": not found', 'Error pulling image "redis:7"'],
  },
  'k8s-container-started': {
    matches: ['Created container api', 'Started container api', 'Created container: api', 'StartContainer for "9d10e2ab" returns successfully', 'RunPodSandbox for &PodSandboxMetadata{Name:web-0,Uid:1,Namespace:default,Attempt:0,} returns sandbox id "9d10"'],
    misses: ['StartContainer for "9d10e2ab" failed', 'Created container api but could not start it'],
  },
  'k8s-scaled': {
    matches: ['Scaled up replica set api-7d9f to 3', 'Scaled down replica set api-7d9f from 3 to 1'],
    misses: ['Failed to scale replica set api-7d9f', 'Scaled up image to 3 MB'],
  },
  'docker-daemon-up': {
    matches: ['Loading containers: done.', 'Daemon has completed initialization', 'API listen on /run/docker.sock'],
    misses: ['Loading containers: failed.', 'Daemon has not completed initialization'],
  },
};
