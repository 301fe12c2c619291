//! What the lists beside the vouchers can be filtered by.

use crate::unifi::filter::function::{
    CONTAINS, CONTAINS_ALL, CONTAINS_ANY, CONTAINS_EXACTLY, EQ, Function, GE, GT, IN, IS_EMPTY, IS_NOT_NULL, IS_NULL,
    LE, LIKE, LT, NE, NOT_IN,
};
use crate::unifi::filter::literal::Kind;
use crate::unifi::filter::property::{MEMBER, OPTIONAL_MEMBER, Property, property};

pub(crate) const DEVICES: &[Property] = &[
    property("id", Kind::Uuid, MEMBER),
    property("macAddress", Kind::String, MEMBER),
    property("ipAddress", Kind::String, MEMBER),
    property("name", Kind::String, TEXT),
    property("model", Kind::String, MEMBER),
    property("state", Kind::String, MEMBER),
    property("supported", Kind::Boolean, FLAG),
    property("firmwareVersion", Kind::String, VERSION),
    property("firmwareUpdatable", Kind::Boolean, FLAG),
    property("features", Kind::String, SET_WITH_EMPTY),
    property("interfaces", Kind::String, SET_WITH_EMPTY),
];

pub(crate) const NETWORKS: &[Property] = &[
    property("management", Kind::String, MEMBER),
    property("id", Kind::Uuid, MEMBER),
    property("name", Kind::String, TEXT),
    property("enabled", Kind::Boolean, FLAG),
    property("vlanId", Kind::Integer, NUMBER),
    property("deviceId", Kind::Uuid, OPTIONAL_MEMBER),
    property("metadata.origin", Kind::String, MEMBER),
];

pub(crate) const WIFI_BROADCASTS: &[Property] = &[
    property("type", Kind::String, MEMBER),
    property("id", Kind::Uuid, MEMBER),
    property("enabled", Kind::Boolean, FLAG),
    property("name", Kind::String, TEXT),
    property("broadcastingFrequenciesGHz", Kind::Decimal, SET),
    property("metadata.origin", Kind::String, MEMBER),
    property("network.type", Kind::String, OPTIONAL_MEMBER),
    property("network.networkId", Kind::Uuid, MEMBER),
    property("securityConfiguration.type", Kind::String, MEMBER),
    property("broadcastingDeviceFilter.type", Kind::String, OPTIONAL_MEMBER),
    property("broadcastingDeviceFilter.deviceIds", Kind::Uuid, SET),
    property("broadcastingDeviceFilter.deviceTagIds", Kind::Uuid, SET),
    property("hotspotConfiguration.type", Kind::String, MEMBER),
];

pub(crate) const TRAFFIC_MATCHING_LISTS: &[Property] =
    &[property("id", Kind::Uuid, MEMBER), property("name", Kind::String, TEXT)];

pub(crate) const DNS_POLICIES: &[Property] = &[
    property("type", Kind::String, MEMBER),
    property("id", Kind::Uuid, MEMBER),
    property("enabled", Kind::Boolean, FLAG),
    property("domain", Kind::String, TEXT),
    property("ipv4Address", Kind::String, TEXT),
    property("ipv6Address", Kind::String, TEXT),
    property("targetDomain", Kind::String, TEXT),
    property("mailServerDomain", Kind::String, TEXT),
    property("text", Kind::String, TEXT),
    property("serverDomain", Kind::String, TEXT),
    property("ipAddress", Kind::String, TEXT),
    property("ttlSeconds", Kind::Integer, NUMBER),
    property("priority", Kind::Integer, NUMBER),
    property("service", Kind::String, MEMBER),
    property("protocol", Kind::String, MEMBER),
    property("port", Kind::Integer, NUMBER),
    property("weight", Kind::Integer, NUMBER),
];

pub(crate) const FIREWALL_POLICIES: &[Property] = &[
    property("id", Kind::Uuid, MEMBER),
    property("name", Kind::String, TEXT),
    property("source.zoneId", Kind::Uuid, MEMBER),
    property("destination.zoneId", Kind::Uuid, MEMBER),
    property("metadata.origin", Kind::String, MEMBER),
];

pub(crate) const FIREWALL_ZONES: &[Property] = &[
    property("id", Kind::Uuid, MEMBER),
    property("name", Kind::String, TEXT),
    property("metadata.origin", Kind::String, MEMBER),
    property("metadata.configurable", Kind::Boolean, OPTIONAL_FLAG),
];

pub(crate) const ACL_RULES: &[Property] = &[
    property("type", Kind::String, MEMBER),
    property("id", Kind::Uuid, MEMBER),
    property("enabled", Kind::Boolean, FLAG),
    property("name", Kind::String, TEXT),
    property("description", Kind::String, OPTIONAL_TEXT),
    property("action", Kind::String, MEMBER),
    property("index", Kind::Integer, NUMBER),
    property("protocolFilter", Kind::String, OPTIONAL_SET),
    property("networkId", Kind::Uuid, OPTIONAL_MEMBER),
    property("enforcingDeviceFilter.deviceIds", Kind::Uuid, OPTIONAL_SET),
    property("metadata.origin", Kind::String, MEMBER),
    property("sourceFilter.type", Kind::String, OPTIONAL_MEMBER),
    property("sourceFilter.ipAddressesOrSubnets", Kind::String, SET),
    property("sourceFilter.portFilter", Kind::Integer, OPTIONAL_SET),
    property("sourceFilter.networkIds", Kind::Uuid, SET),
    property("sourceFilter.macAddresses", Kind::String, SET),
    property("sourceFilter.prefixLength", Kind::Integer, OPTIONAL_NUMBER),
    property("destinationFilter.type", Kind::String, OPTIONAL_MEMBER),
    property("destinationFilter.ipAddressesOrSubnets", Kind::String, SET),
    property("destinationFilter.portFilter", Kind::Integer, OPTIONAL_SET),
    property("destinationFilter.networkIds", Kind::Uuid, SET),
    property("destinationFilter.macAddresses", Kind::String, SET),
    property("destinationFilter.prefixLength", Kind::Integer, OPTIONAL_NUMBER),
];

const FLAG: &[Function] = &[EQ, NE];
const OPTIONAL_FLAG: &[Function] = &[IS_NULL, IS_NOT_NULL, EQ, NE];
const TEXT: &[Function] = &[EQ, NE, IN, NOT_IN, LIKE];
const OPTIONAL_TEXT: &[Function] = &[IS_NULL, IS_NOT_NULL, EQ, NE, IN, NOT_IN, LIKE];
const VERSION: &[Function] = &[IS_NULL, IS_NOT_NULL, EQ, NE, GT, GE, LT, LE, LIKE, IN, NOT_IN];
const NUMBER: &[Function] = &[EQ, NE, GT, GE, LT, LE, IN, NOT_IN];
const OPTIONAL_NUMBER: &[Function] = &[IS_NULL, IS_NOT_NULL, EQ, NE, GT, GE, LT, LE, IN, NOT_IN];
/// Sets, of the kind that the property names.
const SET: &[Function] = &[CONTAINS, CONTAINS_ANY, CONTAINS_ALL, CONTAINS_EXACTLY];
const OPTIONAL_SET: &[Function] = &[IS_NULL, IS_NOT_NULL, CONTAINS, CONTAINS_ANY, CONTAINS_ALL, CONTAINS_EXACTLY];
const SET_WITH_EMPTY: &[Function] = &[IS_EMPTY, CONTAINS, CONTAINS_ANY, CONTAINS_ALL, CONTAINS_EXACTLY];
