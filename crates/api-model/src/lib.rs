//! Generated wire types of the cognito-idp API: inputs, outputs, constraints, operations, error codes.
