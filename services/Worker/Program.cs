// Replaced by the service.
return;
