package io.functionenvironment.cluster.eks;

import java.util.List;

/**
 * A partition of AWS: regions with accounts, policies and principals of their own. The prefixes of regions are those of Amazon's SDKs.
 * The principals are those that eksctl lets the roles of nodes trust ({@code pkg/apis/eksctl.io/v1alpha5/partitions.go}), where aws-eusc
 * is missing. That of EKS is the same in all.
 *
 * @param regions what their names begin with
 * @param name as in ARNs
 * @param machines the principal of EC2 in trust policies
 */
record Partition(String regions, String name, String machines) {
    private static final String EC2 = "ec2.amazonaws.com";
    private static final Partition COMMERCIAL = new Partition("", "aws", EC2);
    private static final List<Partition> OTHERS = List.of(
            new Partition("cn-", "aws-cn", "ec2.amazonaws.com.cn"),
            new Partition("us-gov-", "aws-us-gov", EC2),
            new Partition("eusc-", "aws-eusc", EC2),
            new Partition("us-iso-", "aws-iso", "ec2.c2s.ic.gov"),
            new Partition("us-isob-", "aws-iso-b", "ec2.sc2s.sgov.gov"),
            new Partition("eu-isoe-", "aws-iso-e", EC2),
            new Partition("us-isof-", "aws-iso-f", EC2));

    static Partition of(String region) {
        return OTHERS.stream()
                .filter(some -> region.startsWith(some.regions()))
                .findFirst()
                .orElse(COMMERCIAL);
    }

    /** The ARN of a policy that Amazon manages. */
    String policy(String policy) {
        return "arn:" + name + ":iam::aws:policy/" + policy;
    }
}
