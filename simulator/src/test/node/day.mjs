// A day of a service account through the official TypeScript SDK, unmodified, against the simulator:
// from wallet to approval to webhook. Its one argument is a JSON file with the address of the
// simulator and the identities that act. Prints a line for each thing that held; ends with status 1
// at the first that does not.
import assert from 'node:assert/strict'
import { createHash, createHmac, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import sdk from '@dfns/sdk'
import keysigner from '@dfns/sdk-keysigner'

const { DfnsApiClient, DfnsDelegatedApiClient, DfnsError } = sdk
const { AsymmetricKeySigner } = keysigner
const { url, admin, account } = JSON.parse(readFileSync(process.argv[2], 'utf8'))

const TO = '0x000000000000000000000000000000000000dEaD'
const ETH = (thousandths) => (BigInt(thousandths) * 10n ** 15n).toString()

let held = 0
const holds = (what, actual, expected) => {
  assert.deepEqual(actual, expected, what)
  held++
  console.log(`holds: ${what}`)
}

const client = ({ token, credId, privateKey }) =>
  new DfnsApiClient({
    baseUrl: url,
    authToken: token,
    signer: new AsymmetricKeySigner({ credId, privateKey }),
  })

const refusal = async (call) => {
  try {
    await call()
  } catch (error) {
    assert(error instanceof DfnsError, `a DfnsError, not ${error}`)
    return error
  }
  assert.fail('this was to be refused')
}

const until = async (what, look) => {
  const end = Date.now() + 20_000
  for (;;) {
    const found = await look()
    if (found) return found
    assert(Date.now() < end, `${what} within 20 seconds`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

const human = client(admin)
const backend = client(account)

// the backend's own address for webhooks: verifies as the official sample does
const delivered = []
const receiver = createServer((request, response) => {
  const chunks = []
  request.on('data', (chunk) => chunks.push(chunk))
  request.on('end', () => {
    const body = Buffer.concat(chunks).toString('utf8')
    delivered.push({ body, signature: request.headers['x-dfns-webhook-signature'] })
    response.writeHead(200).end()
  })
})
await new Promise((resolve) => receiver.listen(0, '127.0.0.1', resolve))

try {
  const webhook = await human.webhooks.createWebhook({
    body: {
      url: `http://127.0.0.1:${receiver.address().port}/hook`,
      events: ['wallet.transfer.confirmed', 'policy.approval.pending'],
      status: 'Enabled',
    },
  })
  holds('a webhook has a secret, once', typeof webhook.secret, 'string')

  const wallet = await backend.wallets.createWallet({
    body: { network: 'EthereumSepolia', name: 'payouts' },
  })
  holds('a wallet has an address', /^0x[0-9a-fA-F]{40}$/.test(wallet.address), true)
  const listed = await backend.wallets.listWallets({ query: { limit: 1 } })
  holds('the wallet is listed', listed.items[0].id, wallet.id)

  const unsigned = new DfnsApiClient({ baseUrl: url, authToken: account.token })
  holds('no signer, no call', (await refusal(() => unsigned.wallets.createWallet({ body: { network: 'EthereumSepolia' } }))).httpStatus, -1)
  const stranger = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' })
  const forged = client({ ...account, privateKey: stranger })
  holds('a wrong key is refused', (await refusal(() => forged.wallets.createWallet({ body: { network: 'EthereumSepolia' } }))).httpStatus, 401)

  const policy = await human.policies.createPolicy({
    body: {
      name: 'more than 1000 USD needs an approval',
      activityKind: 'Wallets:Sign',
      rule: { kind: 'TransactionAmountLimit', configuration: { limit: 1000, currency: 'USD' } },
      action: { kind: 'RequestApproval', approvalGroups: [{ quorum: 1, approvers: { userId: { in: [admin.userId] } } }] },
    },
  })

  const pay = (amount, externalId) =>
    backend.wallets.transferAsset({ walletId: wallet.id, body: { kind: 'Native', to: TO, amount, externalId } })
  const status = (id) => async () => {
    const transfer = await backend.wallets.getTransfer({ walletId: wallet.id, transferId: id })
    return transfer.status === 'Confirmed' && transfer
  }

  const small = await pay(ETH(1), 'payout-1')
  holds('a repeat with the same externalId is the same transfer', (await pay(ETH(1), 'payout-1')).id, small.id)
  const conflict = await refusal(() => pay(ETH(2), 'payout-1'))
  holds('another amount with the same externalId conflicts', conflict.httpStatus, 409)
  holds('the conflict names the duplicate', conflict.context.body.error.details.duplicate.id, small.id)
  const confirmed = await until('a small transfer is confirmed', status(small.id))
  holds('a confirmed transfer has a hash', /^0x[0-9a-f]{64}$/.test(confirmed.txHash), true)

  const large = await pay(ETH(5000), 'payout-2')
  holds('a large transfer waits', large.status, 'Pending')
  const vote = (who) => () => who.policies.createApprovalDecision({ approvalId: large.approvalId, body: { value: 'Approved' } })
  holds('a service account does not approve', (await refusal(vote(backend))).httpStatus, 403)
  const approval = await vote(human)()
  holds('a human does', approval.status, 'Approved')
  await until('the large transfer is confirmed', status(large.id))

  await human.policies.createPolicy({
    body: {
      name: 'changes of policies need a human',
      activityKind: 'Policies:Modify',
      rule: { kind: 'AlwaysTrigger' },
      action: { kind: 'RequestApproval', approvalGroups: [{ quorum: 1, approvers: { userId: { in: [admin.userId] } } }] },
    },
  })
  const pending = await refusal(() => backend.policies.archivePolicy({ policyId: policy.id }))
  holds('archiving a policy answers 202', pending.httpStatus, 202)
  holds('the SDK calls it a PolicyPendingError', pending.context.status, 'Pending')
  await human.policies.createApprovalDecision({ approvalId: pending.context.approvalId, body: { value: 'Denied' } })
  holds('a denied change is not applied', (await human.policies.getPolicy({ policyId: policy.id })).status, 'Active')

  const key = await backend.keys.createKey({ body: { scheme: 'EdDSA', curve: 'ed25519' } })
  const hash = createHash('sha256').update('a day').digest('hex')
  const asked = await backend.keys.generateSignature({ keyId: key.id, body: { kind: 'Message', message: '0x' + hash, externalId: 'signature-1' } })
  holds('a limit of amounts holds what has none to infer', asked.status, 'Pending')
  await human.policies.createApprovalDecision({ approvalId: asked.approvalId, body: { value: 'Approved' } })
  const signature = await until('a signature is there', async () => {
    const made = await human.keys.getSignature({ keyId: key.id, signatureId: asked.id })
    return made.status === 'Signed' && made
  })
  const raw = Buffer.from((signature.signature.r + signature.signature.s).replaceAll('0x', ''), 'hex')
  const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), Buffer.from(key.publicKey.replace('0x', ''), 'hex')])
  const publicKey = createPublicKey({ key: spki, format: 'der', type: 'spki' })
  holds('its signature verifies outside', verify(null, Buffer.from(hash, 'hex'), publicKey, raw), true)

  const challenge = await backend.auth.createDelegatedRegistrationChallenge({ body: { email: 'end-user-1', kind: 'EndUser' } })
  const device = generateKeyPairSync('ed25519')
  const devicePem = device.publicKey.export({ type: 'spki', format: 'pem' })
  const clientData = JSON.stringify({ type: 'key.create', challenge: challenge.challenge })
  const fingerprint = JSON.stringify({ clientDataHash: createHash('sha256').update(clientData).digest('hex'), publicKey: devicePem })
  const b64url = (text) => Buffer.from(text).toString('base64url')
  const temporary = new DfnsDelegatedApiClient({ baseUrl: url, authToken: challenge.temporaryAuthenticationToken })
  const registered = await temporary.auth.registerEndUser({
    body: {
      firstFactorCredential: {
        credentialKind: 'Key',
        credentialInfo: {
          credId: b64url('device-1'),
          clientData: b64url(clientData),
          attestationData: b64url(JSON.stringify({ publicKey: devicePem, signature: sign(null, Buffer.from(fingerprint), device.privateKey).toString('hex') })),
        },
      },
      wallets: [{ network: 'EthereumSepolia' }],
    },
  })
  holds('an end user is registered with a wallet of their own', registered.wallets[0].custodial, false)
  const login = await backend.auth.delegatedLogin({ body: { username: 'end-user-1' } })
  const theirs = client({ token: login.token, credId: b64url('device-1'), privateKey: device.privateKey.export({ type: 'pkcs8', format: 'pem' }) })
  const paid = await theirs.wallets.transferAsset({
    walletId: registered.wallets[0].id,
    body: { kind: 'Native', to: TO, amount: ETH(1) },
  })
  holds('the end user pays without the organisation\'s policies', paid.status === 'Rejected' || paid.status === 'Pending', false)

  await until('three webhooks arrive', () => delivered.length >= 3)
  const events = delivered.map(({ body, signature }) => {
    const event = JSON.parse(body)
    const hmac = createHmac('sha256', webhook.secret).update(JSON.stringify(event)).digest('hex')
    holds(`the signature of ${event.kind} is as the official sample computes it`, signature, `sha256=${hmac}`)
    return event
  })
  const ids = events.filter((event) => event.kind === 'wallet.transfer.confirmed').map((event) => event.data.transferRequest.id)
  holds('both transfers were told', [small.id, large.id].every((id) => ids.includes(id)), true)
  const stored = await human.webhooks.listWebhookEvents({ webhookId: webhook.id })
  holds('the events are stored', stored.items.length >= 3, true)

  console.log(`${held} things held`)
} finally {
  receiver.close()
  receiver.closeAllConnections()
}
