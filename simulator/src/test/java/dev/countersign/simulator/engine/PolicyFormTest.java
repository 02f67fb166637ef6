package dev.countersign.simulator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A kind of activity goes with some rules, actions and filters; others are refused. */
final class PolicyFormTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'name':'x','activityKind':'Wallets:Sign','rule':{'kind':'AlwaysTrigger'}}|action",
        "{'name':'x','activityKind':'Policies:Modify','rule':{'kind':'AlwaysTrigger'},'action':{'kind':'Block'}}|action.kind",
        "{'name':'x','activityKind':'Wallets:Sign','rule':{'kind':'TransactionCountVelocity','configuration':{'limit':1,'timeframe':43201}},'action':{'kind':'Block'}}|rule.configuration.timeframe",
        "{'name':'x','activityKind':'Wallets:Sign','rule':{'kind':'AlwaysTrigger'},'action':{'kind':'RequestApproval','approvalGroups':[]}}|action.approvalGroups",
        "{'name':'x','activityKind':'Wallets:Sign','rule':{'kind':'AlwaysTrigger','configuration':{'limit':1}},'action':{'kind':'Block'}}|rule.configuration",
        "{'name':'x','activityKind':'Registry:Addresses:Modify','rule':{'kind':'AlwaysTrigger'},'action':{'kind':'Block'},'filters':{'walletId':{'in':[]}}}|filters",
        "{'name':'x','activityKind':'Registry:ContractSchemas:Modify','rule':{'kind':'AlwaysTrigger'},'action':{'kind':'Block'},'filters':{'any':1}}|filters",
        "{'name':'x','activityKind':'Wallets:Sign','rule':{'kind':'TransactionAmountLimitNominal','configuration':{'assets':[{'network':'Ethereum','tid':'erc20:0xA0','limit':'1'}]}},'action':{'kind':'Block'}}|rule.configuration.assets.0.tid",
        "{'name':'x','activityKind':'Wallets:Sign','rule':{'kind':'TransactionAmountLimitNominal','configuration':{'assets':[{'network':'Ethereum','tid':'erc721:0xa0','limit':'1'}]}},'action':{'kind':'Block'}}|rule.configuration.assets.0.tid",
        "{'name':'x','activityKind':'Wallets:Sign','rule':{'kind':'TransactionAmountLimit','configuration':{'limit':'100','currency':'USD'}},'action':{'kind':'Block'}}|rule.configuration.limit",
        "{'name':'x','activityKind':'Wallets:Sign','rule':{'kind':'TransactionAmountLimit','configuration':{'limit':100,'currency':'EUR'}},'action':{'kind':'Block'}}|rule.configuration.currency",
        "{'name':'x','activityKind':'Permissions:Assign','rule':{'kind':'TransactionCountVelocity','configuration':{'limit':1,'timeframe':1}},'action':{'kind':'Block'}}|rule.kind",
        "{'name':'x','activityKind':'Permissions:Modify','rule':{'kind':'AlwaysTrigger'},'action':{'kind':'NoAction'}}|action.kind",
        "{'name':'x','activityKind':'Policies:Modify','rule':{'kind':'AlwaysTrigger'},'action':{'kind':'RequestApproval','approvalGroups':[{'quorum':1,'approvers':{}}]},'filters':{'permissionId':{'in':[]}}}|filters.policyId",
      })
  void aPolicyThatIsNotAsDescribedIsRefused(String body, String field) {
    Response response = new World().admin.post("/v2/policies", body.replace('\'', '"'));

    assertThat(response.status()).isEqualTo(400);
    assertThat(response.message()).startsWith("Validation error: " + field + ": ");
  }
}
